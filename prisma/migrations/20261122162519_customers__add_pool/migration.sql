-- AlterTable
ALTER TABLE "customers" ADD COLUMN     "owned_since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "pool_reason" TEXT,
ADD COLUMN     "pooled_at" TIMESTAMPTZ(3),
ADD COLUMN     "previous_owner_id" UUID;

-- CreateTable
CREATE TABLE "pool_claims" (
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "claimed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "pool_claims_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "pool_claims_user_id_claimed_at_idx" ON "pool_claims"("user_id", "claimed_at");

-- CreateIndex
CREATE INDEX "pool_claims_customer_id_idx" ON "pool_claims"("customer_id");

-- CreateIndex
CREATE INDEX "customers_previous_owner_id_idx" ON "customers"("previous_owner_id");

-- AddForeignKey
ALTER TABLE "customers" ADD CONSTRAINT "customers_previous_owner_id_fkey" FOREIGN KEY ("previous_owner_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pool_claims" ADD CONSTRAINT "pool_claims_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pool_claims" ADD CONSTRAINT "pool_claims_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE customers ADD CONSTRAINT customers_pool_check CHECK (
  (pooled_at IS NULL) = (pool_reason IS NULL)
  AND (pooled_at IS NULL OR owner_id IS NULL)
  AND pool_reason IN ('released', 'noContact', 'noPurchase', 'handover'));

-- Whoever changes an owner, by form, import, bulk or merge: since when it is so, whose the customer was, and that somebody's
-- customer is not in the pool. Undo puts the columns back by itself.
CREATE FUNCTION note_owner_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('audit.restoring', true) IS DISTINCT FROM 'on' THEN
    NEW.owned_since := now();
    NEW.previous_owner_id := OLD.owner_id;
    IF NEW.owner_id IS NOT NULL THEN
      NEW.pooled_at := NULL;
      NEW.pool_reason := NULL;
    END IF;
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER note_owner_change BEFORE UPDATE ON customers FOR EACH ROW
WHEN (OLD.owner_id IS DISTINCT FROM NEW.owner_id) EXECUTE FUNCTION note_owner_change();

-- The public pool is whoever has no owner; those who came into it by a rule or by hand say since when and why.
CREATE INDEX customers_pool ON customers (owned_since, id) WHERE deleted_at IS NULL AND owner_id IS NULL;
