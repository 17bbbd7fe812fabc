-- AlterTable
ALTER TABLE "customers" ADD COLUMN     "erased_at" TIMESTAMPTZ(3);

ALTER TABLE customers ADD CONSTRAINT customers_erasure_check CHECK (erased_at IS NULL OR deleted_at IS NOT NULL);
CREATE INDEX customers_erased ON customers (erased_at, id) WHERE erased_at IS NOT NULL;

-- What stays of an image of an erased person: ids, moments, days, numbers and states. Undo leaves rows with the mark alone.
CREATE FUNCTION redacted_image(image jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
  SELECT CASE WHEN image IS NULL THEN NULL ELSE
    coalesce(jsonb_object_agg(key, CASE
      WHEN key ~ '(^|_)(id|ids|at|on|version|count|amount|quantity|size)$'
        OR key IN ('operation', 'state', 'kind', 'channel', 'direction', 'outcome', 'pool_reason') THEN value
      ELSE 'null'::jsonb END), '{}'::jsonb) || '{"erased": true}'::jsonb END
  FROM jsonb_each(image)
$$;

-- What a deleted row belonged to. Deletions are few: by this index those of one person are found among all entries.
CREATE FUNCTION belonging_of(image jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(image->>'customer_id', image->>'thing_id')
$$;
CREATE INDEX audit_log_deleted_belongings ON audit_log (belonging_of(before)) WHERE operation = 'delete';

-- The audited rows that are about a person, there or deleted: their own, those of whoever was merged into them, and
-- whatever refers to one of these by a foreign key, however far.
CREATE FUNCTION rows_about_person(person uuid) RETURNS TABLE (of_table text, of_record text)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public AS $$
DECLARE
  known jsonb := jsonb_build_object('customers', jsonb_build_array(person));
  known_before jsonb;
  reference record;
  found_ids jsonb;
BEGIN
  LOOP
    known_before := known;
    FOR reference IN
      SELECT child.relname AS child, attname AS key, parent.relname::text AS parent
      FROM pg_constraint
      JOIN pg_class AS child ON child.oid = conrelid
      JOIN pg_class AS parent ON parent.oid = confrelid
      JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
      WHERE contype = 'f' AND jsonb_exists(known_before, parent.relname)
        AND EXISTS (SELECT FROM pg_trigger WHERE tgrelid = conrelid AND tgname = 'audit_update')
    LOOP
      -- A row under its parent's own id, such as the tier, may have been there, too.
      EXECUTE format(
        'SELECT jsonb_agg(DISTINCT id) FROM (
           SELECT id::text FROM public.%1$I WHERE %2$I = ANY ($1::uuid[])
           UNION ALL SELECT record_id FROM public.audit_log
             WHERE operation = ''delete'' AND table_name = %1$L AND belonging_of(before) = ANY ($1)
           UNION ALL SELECT unnest($1) WHERE %2$L = ''id''
           UNION ALL SELECT jsonb_array_elements_text($2)) AS found (id)', reference.child, reference.key)
      INTO found_ids
      USING ARRAY(SELECT jsonb_array_elements_text(known->reference.parent)), coalesce(known->reference.child, '[]');
      known := known || jsonb_build_object(reference.child, coalesce(found_ids, '[]'));
    END LOOP;
    EXIT WHEN known = known_before;
  END LOOP;
  RETURN QUERY SELECT key, jsonb_array_elements_text(value) FROM jsonb_each(known);
END $$;

-- Makes all entries about an erased person unreadable, and only those: the one change of the log that the runtime role
-- can ask for. No entry goes, and who did what and when stays. A merge that was taken back has written what this person
-- was into the row of the other one, for a while: that entry goes with theirs. Returns how many entries it was.
CREATE FUNCTION redact_audit_log(person uuid) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  redacted integer;
BEGIN
  PERFORM FROM customers WHERE id = person AND erased_at IS NOT NULL;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'only entries about an erased person can be redacted' USING ERRCODE = 'insufficient_privilege';
  END IF;
  WITH theirs AS (
    SELECT entry.id FROM rows_about_person(person) AS about
    JOIN audit_log AS entry ON entry.table_name = about.of_table AND entry.record_id = about.of_record
    UNION
    SELECT entry.id FROM audit_log AS merge
    JOIN audit_log AS entry ON entry.at = merge.at AND entry.transaction_id = merge.transaction_id
      AND entry.table_name IN ('customers', 'customer_contact_points')
    WHERE merge.table_name = 'customers' AND merge.record_id = person::text AND merge.operation = 'update'
      AND merge.before->>'merged_into_id' IS DISTINCT FROM merge.after->>'merged_into_id')
  UPDATE audit_log SET before = redacted_image(before), after = redacted_image(after)
  FROM theirs
  WHERE audit_log.id = theirs.id
    AND (operation, action) <> ('event', 'customers.erased')
    AND NOT coalesce(jsonb_exists(before, 'erased') OR jsonb_exists(after, 'erased'), FALSE);
  GET DIAGNOSTICS redacted = ROW_COUNT;
  RETURN redacted;
END $$;
