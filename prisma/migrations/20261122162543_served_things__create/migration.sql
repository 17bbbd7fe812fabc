-- AlterTable
ALTER TABLE "customers" ADD COLUMN     "kind" TEXT NOT NULL DEFAULT 'person';

-- AlterTable
ALTER TABLE "follow_ups" ADD COLUMN     "origin" TEXT;

-- CreateTable
CREATE TABLE "customer_contacts" (
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "position" TEXT,
    "phone_encrypted" TEXT,
    "phone_hash" TEXT,
    "phone_last4_hash" TEXT,
    "email_encrypted" TEXT,
    "email_hash" TEXT,
    "is_primary" BOOLEAN NOT NULL DEFAULT false,
    "remark" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "customer_contacts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "served_thing_kinds" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "identifier_label" TEXT,
    "service_interval_days" INTEGER,
    "lead_days" INTEGER NOT NULL DEFAULT 7,
    "archived_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "served_thing_kinds_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "served_things" (
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "kind_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "identifier" TEXT,
    "remark" TEXT,
    "next_due_on" DATE,
    "archived_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "served_things_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "served_thing_services" (
    "id" UUID NOT NULL,
    "thing_id" UUID NOT NULL,
    "served_on" DATE NOT NULL,
    "work" TEXT NOT NULL,
    "staff_id" UUID,
    "remark" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "served_thing_services_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "customer_contacts_customer_id_idx" ON "customer_contacts"("customer_id");

-- CreateIndex
CREATE INDEX "customer_contacts_phone_hash_idx" ON "customer_contacts"("phone_hash");

-- CreateIndex
CREATE INDEX "customer_contacts_phone_last4_hash_idx" ON "customer_contacts"("phone_last4_hash");

-- CreateIndex
CREATE INDEX "customer_contacts_email_hash_idx" ON "customer_contacts"("email_hash");

-- CreateIndex
CREATE UNIQUE INDEX "served_thing_kinds_name_key" ON "served_thing_kinds"("name");

-- CreateIndex
CREATE INDEX "served_things_customer_id_idx" ON "served_things"("customer_id");

-- CreateIndex
CREATE INDEX "served_things_kind_id_idx" ON "served_things"("kind_id");

-- CreateIndex
CREATE INDEX "served_things_next_due_on_id_idx" ON "served_things"("next_due_on", "id");

-- CreateIndex
CREATE INDEX "served_thing_services_thing_id_served_on_id_idx" ON "served_thing_services"("thing_id", "served_on", "id");

-- CreateIndex
CREATE INDEX "served_thing_services_staff_id_idx" ON "served_thing_services"("staff_id");

-- CreateIndex
CREATE UNIQUE INDEX "follow_ups_origin_key" ON "follow_ups"("origin");

-- AddForeignKey
ALTER TABLE "customer_contacts" ADD CONSTRAINT "customer_contacts_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "served_things" ADD CONSTRAINT "served_things_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "served_things" ADD CONSTRAINT "served_things_kind_id_fkey" FOREIGN KEY ("kind_id") REFERENCES "served_thing_kinds"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "served_thing_services" ADD CONSTRAINT "served_thing_services_thing_id_fkey" FOREIGN KEY ("thing_id") REFERENCES "served_things"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "served_thing_services" ADD CONSTRAINT "served_thing_services_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

SELECT audit_table('customer_contacts');
SELECT audit_table('served_thing_kinds');
SELECT audit_table('served_things');
SELECT audit_table('served_thing_services');

ALTER TABLE customers ADD CONSTRAINT customers_kind_check CHECK (kind IN ('person', 'company'));
ALTER TABLE served_thing_kinds
  ADD CONSTRAINT served_thing_kinds_interval_check CHECK (service_interval_days BETWEEN 1 AND 3650),
  ADD CONSTRAINT served_thing_kinds_lead_check CHECK (lead_days BETWEEN 0 AND 90);

-- A plate number finds its customer, however it is written.
CREATE INDEX served_things_identifier ON served_things (upper(regexp_replace(identifier, '[^[:alnum:]]', '', 'g')) text_pattern_ops);

-- Companies are few: the list of them, and the customers of contacts by name.
CREATE INDEX customers_list_of_companies ON customers (created_at, id) WHERE deleted_at IS NULL AND kind = 'company';
CREATE INDEX customer_contacts_name ON customer_contacts USING gin (lower(name) gin_trgm_ops);
CREATE INDEX customer_contacts_name_characters ON customer_contacts USING gin (string_to_array(lower(name), NULL));

-- The list of things by due day; those of which nothing is due come last.
CREATE INDEX served_things_list ON served_things (coalesce(next_due_on, '9999-12-31'), id);
