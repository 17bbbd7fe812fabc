-- Late customers of one owner, in the order of their expected visit.
ALTER TABLE customer_purchase_totals ADD COLUMN owner_id uuid;
UPDATE customer_purchase_totals SET owner_id = customers.owner_id FROM customers
WHERE customers.id = customer_id AND customers.owner_id IS NOT NULL;
CREATE INDEX customer_purchase_totals_expected_of_owner ON customer_purchase_totals (owner_id, expected_visit_on, customer_id)
  INCLUDE (last_purchase_on) WHERE owner_id IS NOT NULL AND expected_visit_on IS NOT NULL;

CREATE FUNCTION carry_owner() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM FROM customer_purchase_totals AS totals JOIN new_rows ON new_rows.id = totals.customer_id
  WHERE totals.owner_id IS DISTINCT FROM new_rows.owner_id ORDER BY totals.customer_id FOR UPDATE OF totals;
  IF FOUND THEN
    UPDATE customer_purchase_totals AS totals SET owner_id = new_rows.owner_id
    FROM new_rows WHERE new_rows.id = totals.customer_id AND totals.owner_id IS DISTINCT FROM new_rows.owner_id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER carry_owner AFTER UPDATE ON customers REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION carry_owner();

-- As before, with the owner.
CREATE OR REPLACE FUNCTION begin_rollups() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO customer_purchase_totals (customer_id, customer_created_at, owner_id, purchase_count, refund_count, total_amount)
  SELECT id, created_at, owner_id, 0, 0, 0 FROM new_rows ORDER BY id ON CONFLICT DO NOTHING;
  INSERT INTO customer_activities (customer_id)
  SELECT id FROM new_rows ORDER BY id ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

-- The same of totals that are counted anew.
CREATE OR REPLACE FUNCTION recount_purchases(customer_ids uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO customer_purchase_totals (customer_id, customer_created_at, owner_id, purchase_count, refund_count, total_amount)
  SELECT id, created_at, owner_id, 0, 0, 0 FROM customers WHERE id = ANY (customer_ids) ORDER BY id
  ON CONFLICT DO NOTHING;
  PERFORM FROM customer_purchase_totals WHERE customer_id = ANY (customer_ids) ORDER BY customer_id FOR UPDATE;
  UPDATE customer_purchase_totals totals
  SET purchase_count = counted.purchase_count, refund_count = counted.refund_count, total_amount = counted.total_amount,
      first_purchase_on = counted.first_purchase_on, last_purchase_on = counted.last_purchase_on,
      visit_count = coalesce(visits.visit_count, 0), visit_interval_days = visits.interval_days,
      last_item = counted.last_item,
      expected_visit_on = counted.last_purchase_on + round(coalesce(
        visits.interval_days::numeric,
        (SELECT interval_days FROM service_rhythms WHERE item = counted.last_item),
        (SELECT interval_days FROM service_rhythms WHERE item = '')))::integer
  FROM (
    SELECT wanted.id,
           count(purchases.id) FILTER (WHERE amount >= 0) AS purchase_count,
           count(purchases.id) FILTER (WHERE amount < 0) AS refund_count,
           coalesce(sum(amount), 0) AS total_amount,
           min(purchased_on) FILTER (WHERE amount >= 0) AS first_purchase_on,
           max(purchased_on) FILTER (WHERE amount >= 0) AS last_purchase_on,
           (array_agg(item ORDER BY purchased_on DESC, purchases.id DESC)
              FILTER (WHERE amount >= 0 AND item IS NOT NULL))[1] AS last_item
    FROM unnest(customer_ids) AS wanted(id) LEFT JOIN purchases ON purchases.customer_id = wanted.id
    GROUP BY wanted.id
  ) counted
  LEFT JOIN (
    SELECT customer_id, count(*) AS visit_count,
           CASE WHEN count(gap) >= 3 THEN percentile_cont(0.5) WITHIN GROUP (ORDER BY gap) END AS interval_days
    FROM (
      SELECT customer_id, purchased_on - lag(purchased_on) OVER (PARTITION BY customer_id ORDER BY purchased_on) AS gap
      FROM (SELECT DISTINCT customer_id, purchased_on FROM purchases
            WHERE customer_id = ANY (customer_ids) AND amount >= 0) AS visit_days
    ) AS gaps
    GROUP BY customer_id
  ) visits ON visits.customer_id = counted.id
  WHERE totals.customer_id = counted.id;
END $$;

-- What was bought is asked of the list in the order of creation as well.
DROP INDEX customer_purchase_totals_visited;
CREATE INDEX customer_purchase_totals_visited ON customer_purchase_totals (customer_created_at, customer_id)
  INCLUDE (last_purchase_on, expected_visit_on, total_amount, purchase_count) WHERE last_purchase_on IS NOT NULL;

-- Last visits of a month, newest customers first: whoever came last long ago stands far back in the list.
CREATE INDEX customer_purchase_totals_last_month ON customer_purchase_totals
  (((extract(year FROM last_purchase_on) * 12 + extract(month FROM last_purchase_on))::integer), customer_created_at, customer_id)
  INCLUDE (last_purchase_on) WHERE last_purchase_on IS NOT NULL;

-- Customers of a tag, in the order of the list.
ALTER TABLE customer_tags ADD COLUMN customer_created_at timestamptz(3);
ALTER TABLE customer_tags DISABLE TRIGGER USER;
UPDATE customer_tags SET customer_created_at = customers.created_at FROM customers WHERE customers.id = customer_id;
ALTER TABLE customer_tags ENABLE TRIGGER USER;
ALTER TABLE customer_tags ALTER COLUMN customer_created_at SET NOT NULL, ALTER COLUMN customer_created_at SET DEFAULT CURRENT_TIMESTAMP;
DROP INDEX customer_tags_tag_id_customer_id_idx;
CREATE INDEX customer_tags_tag_id_customer_created_at_customer_id_idx ON customer_tags (tag_id, customer_created_at, customer_id);

CREATE FUNCTION carry_creation() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  NEW.customer_created_at := (SELECT created_at FROM customers WHERE id = NEW.customer_id);
  RETURN NEW;
END $$;
CREATE TRIGGER carry_creation BEFORE INSERT OR UPDATE OF customer_id ON customer_tags
  FOR EACH ROW EXECUTE FUNCTION carry_creation();

-- No statement uses it: those who look for old contacts follow customer_activities_last_contact.
DROP INDEX customer_activities_last_contact_at_customer_id_idx;
