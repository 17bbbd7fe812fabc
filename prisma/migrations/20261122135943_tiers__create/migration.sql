-- CreateTable
CREATE TABLE "tiers" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "rank" INTEGER NOT NULL,
    "color" TEXT NOT NULL DEFAULT 'secondary',
    "minimum_amount" DECIMAL(14,2),
    "minimum_purchases" INTEGER,
    "maximum_recency" INTEGER,
    "match" TEXT NOT NULL DEFAULT 'all',
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tiers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "customer_tiers" (
    "id" UUID NOT NULL,
    "calculated_id" UUID,
    "grace_until" DATE,
    "override_id" UUID,
    "override_reason" TEXT,
    "override_until" DATE,
    "overridden_by_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "customer_tiers_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "tiers_name_key" ON "tiers"("name");

-- CreateIndex
CREATE UNIQUE INDEX "tiers_rank_key" ON "tiers"("rank");

-- CreateIndex
CREATE INDEX "customer_tiers_calculated_id_id_idx" ON "customer_tiers"("calculated_id", "id");

-- CreateIndex
CREATE INDEX "customer_tiers_override_id_idx" ON "customer_tiers"("override_id");

-- AddForeignKey
ALTER TABLE "customer_tiers" ADD CONSTRAINT "customer_tiers_id_fkey" FOREIGN KEY ("id") REFERENCES "customers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "customer_tiers" ADD CONSTRAINT "customer_tiers_calculated_id_fkey" FOREIGN KEY ("calculated_id") REFERENCES "tiers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "customer_tiers" ADD CONSTRAINT "customer_tiers_override_id_fkey" FOREIGN KEY ("override_id") REFERENCES "tiers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "customer_tiers" ADD CONSTRAINT "customer_tiers_overridden_by_id_fkey" FOREIGN KEY ("overridden_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

SELECT audit_table('tiers');
SELECT audit_table('customer_tiers');

ALTER TABLE tiers
  ADD CONSTRAINT tiers_color_check CHECK (color IN ('blue', 'green', 'yellow', 'red', 'secondary')),
  ADD CONSTRAINT tiers_match_check CHECK (match IN ('all', 'any')),
  ADD CONSTRAINT tiers_condition_check CHECK (num_nonnulls(minimum_amount, minimum_purchases, maximum_recency) > 0);
ALTER TABLE customer_tiers
  ADD CONSTRAINT customer_tiers_override_check CHECK ((override_id IS NULL) = (override_reason IS NULL));
