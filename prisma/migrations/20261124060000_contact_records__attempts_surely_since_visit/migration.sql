-- Who was surely called often enough is told by the index alone: besides the count from the earliest moment at which the
-- day after the visit begins anywhere (UTC+14) there is the one from the latest (UTC-12). Only where the limit lies
-- between the two do the contact records themselves decide.
ALTER TABLE customer_purchase_totals ADD COLUMN visit_attempts_at_least integer NOT NULL DEFAULT 0;

CREATE FUNCTION visit_attempts_of(customer uuid, visited_on date) RETURNS TABLE (at_most integer, at_least integer)
LANGUAGE sql STABLE AS $$
  SELECT count(*)::integer,
         (count(*) FILTER (
           WHERE happened_at >= ((visited_on + 1)::timestamp + interval '12 hours') AT TIME ZONE 'UTC'))::integer
  FROM contact_records
  WHERE customer_id = customer AND direction = 'out'
    AND happened_at >= ((visited_on + 1)::timestamp - interval '14 hours') AT TIME ZONE 'UTC'
$$;

UPDATE customer_purchase_totals AS totals SET visit_attempts_at_least = attempted.count
FROM (SELECT customer_id, count(*)::integer AS count
      FROM contact_records JOIN customer_purchase_totals AS visited USING (customer_id)
      WHERE direction = 'out'
        AND happened_at >= ((visited.last_purchase_on + 1)::timestamp + interval '12 hours') AT TIME ZONE 'UTC'
      GROUP BY customer_id) AS attempted
WHERE attempted.customer_id = totals.customer_id;

DROP INDEX customer_purchase_totals_attempts;
CREATE INDEX customer_purchase_totals_attempts ON customer_purchase_totals (visit_attempts, customer_id)
  INCLUDE (visit_attempts_at_least, expected_visit_on, last_purchase_on, owner_id, customer_created_at)
  WHERE visit_attempts > 0;

-- As before, with both counts.
CREATE OR REPLACE FUNCTION recount_attempts(customer_ids uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM FROM customer_purchase_totals
  WHERE customer_id = ANY (customer_ids) AND last_purchase_on IS NOT NULL ORDER BY customer_id FOR UPDATE;
  UPDATE customer_purchase_totals AS totals
  SET visit_attempts = counted.at_most, visit_attempts_at_least = counted.at_least
  FROM (SELECT visited.customer_id, at_most, at_least
        FROM customer_purchase_totals AS visited,
             LATERAL visit_attempts_of(visited.customer_id, visited.last_purchase_on)
        WHERE visited.customer_id = ANY (customer_ids) AND visited.last_purchase_on IS NOT NULL) AS counted
  WHERE totals.customer_id = counted.customer_id
    AND (totals.visit_attempts, totals.visit_attempts_at_least) <> (counted.at_most, counted.at_least);
END $$;

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
        (SELECT interval_days FROM service_rhythms WHERE item = '')))::integer,
      (visit_attempts, visit_attempts_at_least) = (
        SELECT at_most, at_least FROM visit_attempts_of(totals.customer_id, counted.last_purchase_on))
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

DROP FUNCTION attempts_since(uuid, date);
