-- Every customer has its rows in the rollups from the beginning, so that lists join them without an outer join and sort
-- by their indexes: a page of a million customers by amount, last purchase, last contact or next follow-up reads 50 rows.
CREATE FUNCTION begin_rollups() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO customer_purchase_totals (customer_id, purchase_count, refund_count, total_amount)
  SELECT id, 0, 0, 0 FROM new_rows ORDER BY id ON CONFLICT DO NOTHING;
  INSERT INTO customer_activities (customer_id)
  SELECT id FROM new_rows ORDER BY id ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE TRIGGER begin_rollups AFTER INSERT ON customers REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION begin_rollups();

INSERT INTO customer_purchase_totals (customer_id, purchase_count, refund_count, total_amount)
SELECT id, 0, 0, 0 FROM customers ON CONFLICT DO NOTHING;
INSERT INTO customer_activities (customer_id) SELECT id FROM customers ON CONFLICT DO NOTHING;

-- As the list sorts: what there is not stands at the end of descending order, or of ascending order for what is planned.
CREATE INDEX customer_purchase_totals_last_purchase ON customer_purchase_totals ((coalesce(last_purchase_on, '1900-01-01'::date)), customer_id);
CREATE INDEX customer_activities_next_follow_up ON customer_activities ((coalesce(next_follow_up_on, '9999-12-31'::date)), customer_id);
CREATE INDEX customer_activities_last_contact ON customer_activities ((coalesce(last_contact_at, '-infinity'::timestamptz)), customer_id);

-- Names hold two or three Han characters, too few for trigrams: found by the characters they hold.
CREATE INDEX customers_name_characters ON customers USING gin (string_to_array(lower(name), NULL));
