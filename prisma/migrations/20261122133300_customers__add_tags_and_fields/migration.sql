-- AlterTable
ALTER TABLE "customers" ADD COLUMN     "custom_values" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "habits" TEXT,
ADD COLUMN     "needs" TEXT,
ADD COLUMN     "preferences" TEXT;

-- CreateTable
CREATE TABLE "tags" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "color" TEXT NOT NULL DEFAULT 'secondary',
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tags_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "customer_tags" (
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "tag_id" UUID NOT NULL,

    CONSTRAINT "customer_tags_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "custom_fields" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "choices" JSONB NOT NULL DEFAULT '[]',
    "is_required" BOOLEAN NOT NULL DEFAULT false,
    "position" INTEGER NOT NULL DEFAULT 0,
    "archived_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "custom_fields_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "tags_name_key" ON "tags"("name");

-- CreateIndex
CREATE INDEX "customer_tags_tag_id_customer_id_idx" ON "customer_tags"("tag_id", "customer_id");

-- CreateIndex
CREATE UNIQUE INDEX "customer_tags_customer_id_tag_id_key" ON "customer_tags"("customer_id", "tag_id");

-- CreateIndex
CREATE UNIQUE INDEX "custom_fields_key_key" ON "custom_fields"("key");

-- CreateIndex
CREATE INDEX "customers_custom_values_idx" ON "customers" USING GIN ("custom_values" jsonb_path_ops);

-- AddForeignKey
ALTER TABLE "customer_tags" ADD CONSTRAINT "customer_tags_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "customer_tags" ADD CONSTRAINT "customer_tags_tag_id_fkey" FOREIGN KEY ("tag_id") REFERENCES "tags"("id") ON DELETE CASCADE ON UPDATE CASCADE;

SELECT audit_table('tags');
SELECT audit_table('customer_tags');
SELECT audit_table('custom_fields');

ALTER TABLE tags
  ADD CONSTRAINT tags_color_check CHECK (color IN ('blue', 'green', 'yellow', 'red', 'secondary'));
ALTER TABLE custom_fields
  ADD CONSTRAINT custom_fields_key_check CHECK (key ~ '^[a-z][a-zA-Z0-9]{0,39}$'),
  ADD CONSTRAINT custom_fields_kind_check CHECK (kind IN ('text', 'number', 'date', 'yesNo', 'choice'));
ALTER TABLE customers
  ADD CONSTRAINT customers_custom_values_check CHECK (jsonb_typeof(custom_values) = 'object');
