-- AlterTable
ALTER TABLE "customers" ADD COLUMN     "merged_into_id" UUID;

-- CreateTable
CREATE TABLE "contact_records" (
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "happened_at" TIMESTAMPTZ(3) NOT NULL,
    "channel" TEXT NOT NULL,
    "direction" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "staff_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "contact_records_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "follow_ups" (
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "due_on" DATE NOT NULL,
    "due_minute" INTEGER,
    "action" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "contact_record_id" UUID,
    "previous_id" UUID,
    "snooze_count" INTEGER NOT NULL DEFAULT 0,
    "finished_at" TIMESTAMPTZ(3),
    "finished_by_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "follow_ups_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "customer_activities" (
    "customer_id" UUID NOT NULL,
    "last_contact_at" TIMESTAMPTZ(3),
    "next_follow_up_on" DATE,

    CONSTRAINT "customer_activities_pkey" PRIMARY KEY ("customer_id")
);

-- CreateTable
CREATE TABLE "calendar_feeds" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "calendar_feeds_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notifications" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "params" JSONB NOT NULL DEFAULT '{}',
    "href" TEXT NOT NULL,
    "read_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notifications_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "duplicate_pairs" (
    "id" UUID NOT NULL,
    "first_id" UUID NOT NULL,
    "second_id" UUID NOT NULL,
    "reasons" JSONB NOT NULL,
    "score" INTEGER NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "decided_by_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "duplicate_pairs_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "contact_records_customer_id_happened_at_id_idx" ON "contact_records"("customer_id", "happened_at", "id");

-- CreateIndex
CREATE INDEX "contact_records_staff_id_happened_at_idx" ON "contact_records"("staff_id", "happened_at");

-- CreateIndex
CREATE INDEX "follow_ups_customer_id_state_due_on_idx" ON "follow_ups"("customer_id", "state", "due_on");

-- CreateIndex
CREATE INDEX "follow_ups_owner_id_state_due_on_id_idx" ON "follow_ups"("owner_id", "state", "due_on", "id");

-- CreateIndex
CREATE INDEX "follow_ups_state_due_on_idx" ON "follow_ups"("state", "due_on");

-- CreateIndex
CREATE INDEX "follow_ups_contact_record_id_idx" ON "follow_ups"("contact_record_id");

-- CreateIndex
CREATE INDEX "follow_ups_previous_id_idx" ON "follow_ups"("previous_id");

-- CreateIndex
CREATE INDEX "customer_activities_next_follow_up_on_customer_id_idx" ON "customer_activities"("next_follow_up_on", "customer_id");

-- CreateIndex
CREATE INDEX "customer_activities_last_contact_at_customer_id_idx" ON "customer_activities"("last_contact_at", "customer_id");

-- CreateIndex
CREATE UNIQUE INDEX "calendar_feeds_token_hash_key" ON "calendar_feeds"("token_hash");

-- CreateIndex
CREATE INDEX "calendar_feeds_user_id_idx" ON "calendar_feeds"("user_id");

-- CreateIndex
CREATE INDEX "notifications_user_id_created_at_idx" ON "notifications"("user_id", "created_at");

-- CreateIndex
CREATE INDEX "duplicate_pairs_state_score_id_idx" ON "duplicate_pairs"("state", "score", "id");

-- CreateIndex
CREATE INDEX "duplicate_pairs_second_id_idx" ON "duplicate_pairs"("second_id");

-- CreateIndex
CREATE UNIQUE INDEX "duplicate_pairs_first_id_second_id_key" ON "duplicate_pairs"("first_id", "second_id");

-- CreateIndex
CREATE INDEX "customers_merged_into_id_idx" ON "customers"("merged_into_id");

-- AddForeignKey
ALTER TABLE "customers" ADD CONSTRAINT "customers_merged_into_id_fkey" FOREIGN KEY ("merged_into_id") REFERENCES "customers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact_records" ADD CONSTRAINT "contact_records_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact_records" ADD CONSTRAINT "contact_records_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "follow_ups" ADD CONSTRAINT "follow_ups_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "follow_ups" ADD CONSTRAINT "follow_ups_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "follow_ups" ADD CONSTRAINT "follow_ups_finished_by_id_fkey" FOREIGN KEY ("finished_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "follow_ups" ADD CONSTRAINT "follow_ups_contact_record_id_fkey" FOREIGN KEY ("contact_record_id") REFERENCES "contact_records"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "follow_ups" ADD CONSTRAINT "follow_ups_previous_id_fkey" FOREIGN KEY ("previous_id") REFERENCES "follow_ups"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "customer_activities" ADD CONSTRAINT "customer_activities_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "calendar_feeds" ADD CONSTRAINT "calendar_feeds_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "duplicate_pairs" ADD CONSTRAINT "duplicate_pairs_first_id_fkey" FOREIGN KEY ("first_id") REFERENCES "customers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "duplicate_pairs" ADD CONSTRAINT "duplicate_pairs_second_id_fkey" FOREIGN KEY ("second_id") REFERENCES "customers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "duplicate_pairs" ADD CONSTRAINT "duplicate_pairs_decided_by_id_fkey" FOREIGN KEY ("decided_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

SELECT audit_table('contact_records');
SELECT audit_table('follow_ups');
SELECT audit_table('calendar_feeds');

ALTER TABLE contact_records
  ADD CONSTRAINT contact_records_channel_check CHECK (channel IN ('phone', 'wechat', 'sms', 'email', 'in_person', 'online', 'other')),
  ADD CONSTRAINT contact_records_direction_check CHECK (direction IN ('in', 'out')),
  ADD CONSTRAINT contact_records_outcome_check CHECK (outcome IN ('reached', 'not_reached', 'message_left', 'appointment_made', 'not_interested', 'other'));
ALTER TABLE follow_ups
  ADD CONSTRAINT follow_ups_state_check CHECK (state IN ('open', 'done', 'cancelled')),
  ADD CONSTRAINT follow_ups_due_minute_check CHECK (due_minute BETWEEN 0 AND 1439),
  ADD CONSTRAINT follow_ups_finished_check CHECK ((state = 'open') = (finished_at IS NULL));
ALTER TABLE duplicate_pairs
  ADD CONSTRAINT duplicate_pairs_order_check CHECK (first_id < second_id),
  ADD CONSTRAINT duplicate_pairs_state_check CHECK (state IN ('open', 'dismissed', 'merged'));

-- Last contact and next follow-up by customer: recounted for the customers of each statement, as with purchases.
CREATE FUNCTION recount_activities(customer_ids uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO customer_activities (customer_id)
  SELECT id FROM customers WHERE id = ANY (customer_ids) ORDER BY id
  ON CONFLICT DO NOTHING;
  PERFORM FROM customer_activities WHERE customer_id = ANY (customer_ids) ORDER BY customer_id FOR UPDATE;
  UPDATE customer_activities activities
  SET last_contact_at = (SELECT max(happened_at) FROM contact_records WHERE contact_records.customer_id = activities.customer_id),
      next_follow_up_on = (SELECT min(due_on) FROM follow_ups WHERE follow_ups.customer_id = activities.customer_id AND state = 'open')
  WHERE activities.customer_id = ANY (customer_ids);
END $$;

CREATE FUNCTION recount_activities_of_statement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM recount_activities(array(SELECT DISTINCT customer_id FROM new_rows));
  ELSIF TG_OP = 'DELETE' THEN
    PERFORM recount_activities(array(SELECT DISTINCT customer_id FROM old_rows));
  ELSE
    PERFORM recount_activities(array(SELECT customer_id FROM old_rows UNION SELECT customer_id FROM new_rows));
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER recount_insert AFTER INSERT ON contact_records REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION recount_activities_of_statement();
CREATE TRIGGER recount_update AFTER UPDATE ON contact_records REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION recount_activities_of_statement();
CREATE TRIGGER recount_delete AFTER DELETE ON contact_records REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION recount_activities_of_statement();
CREATE TRIGGER recount_insert AFTER INSERT ON follow_ups REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION recount_activities_of_statement();
CREATE TRIGGER recount_update AFTER UPDATE ON follow_ups REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION recount_activities_of_statement();
CREATE TRIGGER recount_delete AFTER DELETE ON follow_ups REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION recount_activities_of_statement();

-- Rollups are for triggers to write.
CREATE OR REPLACE FUNCTION grant_runtime(runtime_role text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', runtime_role);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO %I', runtime_role);
  EXECUTE format('GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO %I', runtime_role);
  EXECUTE format('REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON audit_log, customer_purchase_totals, customer_activities, _prisma_migrations FROM %I', runtime_role);
  EXECUTE format('REVOKE ALL ON SEQUENCE audit_log_id_seq FROM %I', runtime_role);
END $$;
