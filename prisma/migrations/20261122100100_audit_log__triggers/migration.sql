-- The database itself keeps the audit: no code path, bulk statement or hand-written SQL can change a business row without it.

CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE FUNCTION audit_actor_name() RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  actor_name text := current_setting('audit.actor_name', true);
BEGIN
  IF coalesce(actor_name, '') = '' OR coalesce(current_setting('audit.action', true), '') = '' THEN
    RAISE EXCEPTION 'unattributed change refused: no actor or action is set in this transaction'
      USING ERRCODE = 'insufficient_privilege',
            HINT = 'Write through the unit of work, or set audit.actor_name and audit.action for the transaction.';
  END IF;
  RETURN actor_name;
END $$;

CREATE FUNCTION audit_statement() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
#variable_conflict use_variable
DECLARE
  actor_name text := audit_actor_name();
  actor_id uuid := nullif(current_setting('audit.actor_id', true), '')::uuid;
  acting_for_id uuid := nullif(current_setting('audit.acting_for_id', true), '')::uuid;
  action text := current_setting('audit.action', true);
  request_id text := nullif(current_setting('audit.request_id', true), '');
  address text := nullif(current_setting('audit.address', true), '');
  undoable_action_id uuid := nullif(current_setting('audit.undoable_action_id', true), '')::uuid;
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO audit_log (actor_id, actor_name, acting_for_id, action, table_name, record_id, operation, before, after, request_id, address, undoable_action_id)
    SELECT actor_id, actor_name, acting_for_id, action, TG_TABLE_NAME, new_row.id::text, 'insert', NULL, to_jsonb(new_row), request_id, address, undoable_action_id
    FROM new_rows new_row;
  ELSIF TG_OP = 'UPDATE' THEN
    INSERT INTO audit_log (actor_id, actor_name, acting_for_id, action, table_name, record_id, operation, before, after, request_id, address, undoable_action_id)
    SELECT actor_id, actor_name, acting_for_id, action, TG_TABLE_NAME, new_row.id::text, 'update', to_jsonb(old_row), to_jsonb(new_row), request_id, address, undoable_action_id
    FROM new_rows new_row JOIN old_rows old_row ON old_row.id = new_row.id;
  ELSE
    INSERT INTO audit_log (actor_id, actor_name, acting_for_id, action, table_name, record_id, operation, before, after, request_id, address, undoable_action_id)
    SELECT actor_id, actor_name, acting_for_id, action, TG_TABLE_NAME, old_row.id::text, 'delete', to_jsonb(old_row), NULL, request_id, address, undoable_action_id
    FROM old_rows old_row;
  END IF;
  RETURN NULL;
END $$;

-- Every update of a business row counts its version up, whoever wrote the statement; ids never change.
CREATE FUNCTION touch_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.id <> OLD.id THEN
    RAISE EXCEPTION 'the id of a row never changes';
  END IF;
  IF current_setting('audit.restoring', true) IS DISTINCT FROM 'on' THEN
    NEW.version := OLD.version + 1;
    NEW.updated_at := now();
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'TRUNCATE of % refused: it would leave no audit', TG_TABLE_NAME;
END $$;

-- Puts a table under audit: call it in the migration that creates the table.
CREATE FUNCTION audit_table(name regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER audit_insert AFTER INSERT ON %s REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit_statement()', name);
  EXECUTE format('CREATE TRIGGER audit_update AFTER UPDATE ON %s REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit_statement()', name);
  EXECUTE format('CREATE TRIGGER audit_delete AFTER DELETE ON %s REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION audit_statement()', name);
  EXECUTE format('CREATE TRIGGER audit_truncate BEFORE TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate()', name);
  IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = name AND attname = 'version' AND NOT attisdropped) THEN
    EXECUTE format('CREATE TRIGGER touch_row BEFORE UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION touch_row()', name);
  END IF;
END $$;

CREATE FUNCTION record_event(
  actor_id uuid, actor_name text, acting_for_id uuid, action text, table_name text, record_id text,
  details jsonb, request_id text, address text
) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  INSERT INTO audit_log (actor_id, actor_name, acting_for_id, action, table_name, record_id, operation, after, request_id, address)
  VALUES (actor_id, actor_name, acting_for_id, action, table_name, record_id, 'event', details, request_id, address);
$$;

CREATE TRIGGER audit_truncate BEFORE TRUNCATE ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate();

SELECT audit_table('branches');
SELECT audit_table('teams');
SELECT audit_table('team_members');
SELECT audit_table('users');
SELECT audit_table('roles');
SELECT audit_table('role_grants');
SELECT audit_table('user_roles');
SELECT audit_table('settings');
SELECT audit_table('customers');
SELECT audit_table('purchases');
SELECT audit_table('imports');
SELECT audit_table('import_mappings');

-- Totals of purchases by customer: recounted for the customers of each statement, one writer at a time per customer.
CREATE FUNCTION recount_purchases(customer_ids uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO customer_purchase_totals (customer_id, purchase_count, refund_count, total_amount)
  SELECT id, 0, 0, 0 FROM customers WHERE id = ANY (customer_ids) ORDER BY id
  ON CONFLICT DO NOTHING;
  PERFORM FROM customer_purchase_totals WHERE customer_id = ANY (customer_ids) ORDER BY customer_id FOR UPDATE;
  UPDATE customer_purchase_totals totals
  SET purchase_count = counted.purchase_count, refund_count = counted.refund_count, total_amount = counted.total_amount,
      first_purchase_on = counted.first_purchase_on, last_purchase_on = counted.last_purchase_on
  FROM (
    SELECT wanted.id,
           count(purchases.id) FILTER (WHERE amount >= 0) AS purchase_count,
           count(purchases.id) FILTER (WHERE amount < 0) AS refund_count,
           coalesce(sum(amount), 0) AS total_amount,
           min(purchased_on) FILTER (WHERE amount >= 0) AS first_purchase_on,
           max(purchased_on) FILTER (WHERE amount >= 0) AS last_purchase_on
    FROM unnest(customer_ids) AS wanted(id) LEFT JOIN purchases ON purchases.customer_id = wanted.id
    GROUP BY wanted.id
  ) counted
  WHERE totals.customer_id = counted.id;
END $$;

CREATE FUNCTION recount_purchases_of_statement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM recount_purchases(array(SELECT DISTINCT customer_id FROM new_rows));
  ELSIF TG_OP = 'DELETE' THEN
    PERFORM recount_purchases(array(SELECT DISTINCT customer_id FROM old_rows));
  ELSE
    PERFORM recount_purchases(array(SELECT customer_id FROM old_rows UNION SELECT customer_id FROM new_rows));
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER recount_insert AFTER INSERT ON purchases REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION recount_purchases_of_statement();
CREATE TRIGGER recount_update AFTER UPDATE ON purchases REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION recount_purchases_of_statement();
CREATE TRIGGER recount_delete AFTER DELETE ON purchases REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION recount_purchases_of_statement();

-- Numbers of new customers: C000001 and on; an import of higher numbers moves the sequence past them.
CREATE SEQUENCE customer_numbers;

ALTER TABLE customers
  ADD CONSTRAINT customers_gender_check CHECK (gender IN ('female', 'male', 'other')),
  ADD CONSTRAINT customers_birth_calendar_check CHECK (birth_calendar IN ('solar', 'lunar'));
ALTER TABLE role_grants ADD CONSTRAINT role_grants_scope_check CHECK (scope IN ('own', 'team', 'all'));

-- Prefix search without regard to case; the default collation sorts, these find.
CREATE INDEX customers_name_prefix ON customers (lower(name) text_pattern_ops);
CREATE INDEX customers_pinyin_prefix ON customers (lower(name_pinyin) text_pattern_ops);
CREATE INDEX customers_pinyin_part ON customers USING gin (lower(name_pinyin) gin_trgm_ops);
CREATE INDEX customers_initials_prefix ON customers (lower(name_initials) text_pattern_ops);
CREATE INDEX customers_number_prefix ON customers (upper(customer_no) text_pattern_ops);
CREATE INDEX customers_name_part ON customers USING gin (lower(name) gin_trgm_ops);
CREATE INDEX customers_deleted ON customers (deleted_at, id) WHERE deleted_at IS NOT NULL;

-- What the runtime role may do. It owns nothing: it cannot drop a trigger, and the log it can only read.
CREATE FUNCTION grant_runtime(runtime_role text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', runtime_role);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO %I', runtime_role);
  EXECUTE format('GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO %I', runtime_role);
  EXECUTE format('REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON audit_log, customer_purchase_totals, _prisma_migrations FROM %I', runtime_role);
  EXECUTE format('REVOKE ALL ON SEQUENCE audit_log_id_seq FROM %I', runtime_role);
END $$;

CREATE INDEX audit_log_undoable ON audit_log (undoable_action_id, table_name, id) WHERE undoable_action_id IS NOT NULL;
