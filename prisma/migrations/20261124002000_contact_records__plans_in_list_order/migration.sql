-- Lists filtered by the next follow-up begin with the newest customer too: with the day of creation beside the plan one
-- index answers both, and customers for whom nothing is planned are not even met.
ALTER TABLE customer_activities ADD COLUMN customer_created_at timestamptz(3);
UPDATE customer_activities SET customer_created_at = customers.created_at FROM customers WHERE customers.id = customer_id;
ALTER TABLE customer_activities ALTER COLUMN customer_created_at SET NOT NULL;

CREATE INDEX customer_activities_planned ON customer_activities (customer_created_at, customer_id)
  INCLUDE (next_follow_up_on) WHERE next_follow_up_on IS NOT NULL;

-- As before, with the day of creation.
CREATE OR REPLACE FUNCTION begin_rollups() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO customer_purchase_totals (customer_id, customer_created_at, owner_id, purchase_count, refund_count, total_amount)
  SELECT id, created_at, owner_id, 0, 0, 0 FROM new_rows ORDER BY id ON CONFLICT DO NOTHING;
  INSERT INTO customer_activities (customer_id, customer_created_at)
  SELECT id, created_at FROM new_rows ORDER BY id ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

-- The same of activities that are counted anew.
CREATE OR REPLACE FUNCTION recount_activities(customer_ids uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO customer_activities (customer_id, customer_created_at)
  SELECT id, created_at FROM customers WHERE id = ANY (customer_ids) ORDER BY id
  ON CONFLICT DO NOTHING;
  PERFORM FROM customer_activities WHERE customer_id = ANY (customer_ids) ORDER BY customer_id FOR UPDATE;
  UPDATE customer_activities activities
  SET last_contact_at = (SELECT max(happened_at) FROM contact_records WHERE contact_records.customer_id = activities.customer_id),
      next_follow_up_on = (SELECT min(due_on) FROM follow_ups WHERE follow_ups.customer_id = activities.customer_id AND state = 'open')
  WHERE activities.customer_id = ANY (customer_ids);
END $$;
