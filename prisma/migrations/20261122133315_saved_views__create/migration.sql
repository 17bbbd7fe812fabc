-- CreateTable
CREATE TABLE "saved_views" (
    "id" UUID NOT NULL,
    "list" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "owner_id" UUID NOT NULL,
    "shared_role_id" UUID,
    "query" TEXT NOT NULL,
    "columns" JSONB NOT NULL DEFAULT '[]',
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "saved_views_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "saved_views_owner_id_list_name_idx" ON "saved_views"("owner_id", "list", "name");

-- CreateIndex
CREATE INDEX "saved_views_shared_role_id_list_idx" ON "saved_views"("shared_role_id", "list");

-- AddForeignKey
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_shared_role_id_fkey" FOREIGN KEY ("shared_role_id") REFERENCES "roles"("id") ON DELETE SET NULL ON UPDATE CASCADE;

SELECT audit_table('saved_views');
