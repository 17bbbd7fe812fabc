-- Lists filtered by visits begin with the newest customer too: with the day of creation beside the visits one index
-- answers both, and customers who never came are not even met.
ALTER TABLE customer_purchase_totals ADD COLUMN customer_created_at timestamptz(3);
UPDATE customer_purchase_totals SET customer_created_at = customers.created_at FROM customers WHERE customers.id = customer_id;
ALTER TABLE customer_purchase_totals ALTER COLUMN customer_created_at SET NOT NULL;

CREATE INDEX customer_purchase_totals_visited ON customer_purchase_totals (customer_created_at, customer_id)
  INCLUDE (last_purchase_on, expected_visit_on) WHERE last_purchase_on IS NOT NULL;

-- As before, with the day of creation.
CREATE OR REPLACE FUNCTION begin_rollups() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO customer_purchase_totals (customer_id, customer_created_at, purchase_count, refund_count, total_amount)
  SELECT id, created_at, 0, 0, 0 FROM new_rows ORDER BY id ON CONFLICT DO NOTHING;
  INSERT INTO customer_activities (customer_id)
  SELECT id FROM new_rows ORDER BY id ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

-- The same of totals that are counted anew.
CREATE OR REPLACE FUNCTION recount_purchases(customer_ids uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO customer_purchase_totals (customer_id, customer_created_at, purchase_count, refund_count, total_amount)
  SELECT id, created_at, 0, 0, 0 FROM customers WHERE id = ANY (customer_ids) ORDER BY id
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
