-- CreateTable
CREATE TABLE "request_drafts" (
    "request_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "request_drafts_pkey" PRIMARY KEY ("request_id","user_id")
);

-- CreateIndex
CREATE INDEX "request_drafts_updated_at_idx" ON "request_drafts"("updated_at");

-- AddForeignKey
ALTER TABLE "request_drafts" ADD CONSTRAINT "request_drafts_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "service_requests"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "request_drafts" ADD CONSTRAINT "request_drafts_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
