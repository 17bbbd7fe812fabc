-- AlterTable
ALTER TABLE "customers" ADD COLUMN     "collaborator_ids" UUID[] DEFAULT ARRAY[]::UUID[];

-- CreateTable
CREATE TABLE "customer_contact_points" (
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "value_encrypted" TEXT NOT NULL,
    "value_hash" TEXT NOT NULL,
    "last4_hash" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "customer_contact_points_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attachments" (
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "file_name_encrypted" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "uploaded_by_id" UUID NOT NULL,
    "deleted_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "attachments_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "customer_contact_points_value_hash_idx" ON "customer_contact_points"("value_hash");

-- CreateIndex
CREATE INDEX "customer_contact_points_last4_hash_idx" ON "customer_contact_points"("last4_hash");

-- CreateIndex
CREATE UNIQUE INDEX "customer_contact_points_customer_id_kind_value_hash_key" ON "customer_contact_points"("customer_id", "kind", "value_hash");

-- CreateIndex
CREATE INDEX "attachments_customer_id_created_at_id_idx" ON "attachments"("customer_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "attachments_deleted_at_idx" ON "attachments"("deleted_at");

-- CreateIndex
CREATE INDEX "customers_collaborator_ids_idx" ON "customers" USING GIN ("collaborator_ids");

-- AddForeignKey
ALTER TABLE "customer_contact_points" ADD CONSTRAINT "customer_contact_points_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_uploaded_by_id_fkey" FOREIGN KEY ("uploaded_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE customers ALTER COLUMN collaborator_ids SET NOT NULL;

SELECT audit_table('customer_contact_points');
SELECT audit_table('attachments');

ALTER TABLE customer_contact_points
  ADD CONSTRAINT customer_contact_points_kind_check CHECK (kind IN ('phone', 'email')),
  ADD CONSTRAINT customer_contact_points_label_check CHECK (label IN ('mobile', 'home', 'work', 'other'));
ALTER TABLE attachments ADD CONSTRAINT attachments_size_check CHECK (size > 0);
