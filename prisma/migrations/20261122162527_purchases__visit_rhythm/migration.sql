-- AlterTable
ALTER TABLE "customer_purchase_totals" ADD COLUMN     "expected_visit_on" DATE,
ADD COLUMN     "last_item" TEXT,
ADD COLUMN     "visit_count" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "visit_interval_days" DECIMAL(8,1);

-- CreateTable
CREATE TABLE "service_rhythms" (
    "item" TEXT NOT NULL,
    "interval_days" DECIMAL(8,1) NOT NULL,
    "sample_count" INTEGER NOT NULL,
    "refreshed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "service_rhythms_pkey" PRIMARY KEY ("item")
);

-- CreateIndex
CREATE INDEX "customer_purchase_totals_expected_visit_on_customer_id_idx" ON "customer_purchase_totals"("expected_visit_on", "customer_id");

-- A customer's own rhythm: the median of the days between visits (days on which something was bought), when there are
-- at least three intervals. Computed with the totals, for the customers of each statement.
CREATE OR REPLACE FUNCTION recount_purchases(customer_ids uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO customer_purchase_totals (customer_id, purchase_count, refund_count, total_amount)
  SELECT id, 0, 0, 0 FROM customers WHERE id = ANY (customer_ids) ORDER BY id
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

-- Finds the rhythm of each service anew (at least 20 intervals between visits with the same item), then the visits that
-- are expected of customers without a rhythm of their own. Returns how many of those moved.
CREATE FUNCTION refresh_service_rhythms() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  moved integer;
BEGIN
  DELETE FROM service_rhythms;
  INSERT INTO service_rhythms (item, interval_days, sample_count)
  SELECT item, percentile_cont(0.5) WITHIN GROUP (ORDER BY gap), count(*)
  FROM (
    SELECT item, purchased_on - lag(purchased_on) OVER (PARTITION BY customer_id, item ORDER BY purchased_on) AS gap
    FROM (SELECT DISTINCT customer_id, item, purchased_on FROM purchases WHERE amount >= 0 AND item IS NOT NULL) AS visits
  ) AS gaps
  WHERE gap IS NOT NULL GROUP BY item HAVING count(*) >= 20
  UNION ALL
  SELECT '', percentile_cont(0.5) WITHIN GROUP (ORDER BY visit_interval_days), count(*)
  FROM customer_purchase_totals WHERE visit_interval_days IS NOT NULL HAVING count(*) > 0;

  UPDATE customer_purchase_totals AS totals SET expected_visit_on = expected.on_day
  FROM (
    SELECT customer_id, last_purchase_on + round(coalesce(of_item.interval_days, of_all.interval_days))::integer AS on_day
    FROM customer_purchase_totals
    LEFT JOIN service_rhythms AS of_item ON of_item.item = last_item
    LEFT JOIN service_rhythms AS of_all ON of_all.item = ''
    WHERE visit_interval_days IS NULL
  ) AS expected
  WHERE totals.customer_id = expected.customer_id AND totals.expected_visit_on IS DISTINCT FROM expected.on_day;
  GET DIAGNOSTICS moved = ROW_COUNT;
  RETURN moved;
END $$;

-- Customers who bought before this migration.
UPDATE customer_purchase_totals AS totals
SET visit_count = visits.visit_count, visit_interval_days = visits.interval_days, last_item = visits.last_item
FROM (
  SELECT customer_id, count(*) AS visit_count,
         CASE WHEN count(gap) >= 3 THEN percentile_cont(0.5) WITHIN GROUP (ORDER BY gap) END AS interval_days,
         (array_agg(item ORDER BY purchased_on DESC) FILTER (WHERE item IS NOT NULL))[1] AS last_item
  FROM (
    SELECT customer_id, purchased_on, item,
           purchased_on - lag(purchased_on) OVER (PARTITION BY customer_id ORDER BY purchased_on) AS gap
    FROM (SELECT DISTINCT ON (customer_id, purchased_on) customer_id, purchased_on, item FROM purchases
          WHERE amount >= 0 ORDER BY customer_id, purchased_on, item IS NULL, id DESC) AS visit_days
  ) AS gaps
  GROUP BY customer_id
) AS visits
WHERE totals.customer_id = visits.customer_id;
UPDATE customer_purchase_totals SET expected_visit_on = last_purchase_on + round(visit_interval_days)::integer
WHERE visit_interval_days IS NOT NULL;
SELECT refresh_service_rhythms();

-- The runtime role reads the rollups; functions of the owner keep them.
CREATE OR REPLACE FUNCTION grant_runtime(runtime_role text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', runtime_role);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO %I', runtime_role);
  EXECUTE format('GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO %I', runtime_role);
  EXECUTE format('REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON audit_log, customer_purchase_totals, customer_activities, service_rhythms, _prisma_migrations FROM %I', runtime_role);
  EXECUTE format('REVOKE ALL ON SEQUENCE audit_log_id_seq FROM %I', runtime_role);
END $$;
