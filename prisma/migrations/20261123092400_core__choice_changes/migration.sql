-- What forms and filters offer is read on almost every page and changes a few times a day: a process keeps it until a
-- transaction is noted here. One row per transaction, so that no writer waits for another; nothing is told before it commits.
CREATE TABLE "choice_changes" (
    "transaction_id" BIGINT NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "choice_changes_pkey" PRIMARY KEY ("transaction_id")
);

CREATE FUNCTION note_choice_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO choice_changes (transaction_id) VALUES (pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

-- Puts a table under watch: call it in the migration that creates a table whose rows are offered.
CREATE FUNCTION note_choices_of(name regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER note_choice_change AFTER INSERT OR UPDATE OR DELETE ON %s FOR EACH STATEMENT EXECUTE FUNCTION note_choice_change()', name);
END $$;

SELECT note_choices_of('branches');
SELECT note_choices_of('custom_fields');
SELECT note_choices_of('request_categories');
SELECT note_choices_of('request_states');
SELECT note_choices_of('request_types');
SELECT note_choices_of('role_grants');
SELECT note_choices_of('segments');
SELECT note_choices_of('tags');
SELECT note_choices_of('teams');
SELECT note_choices_of('tiers');
SELECT note_choices_of('user_roles');
SELECT note_choices_of('users');
