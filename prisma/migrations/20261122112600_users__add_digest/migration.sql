-- AlterTable
ALTER TABLE "users" ADD COLUMN     "wants_digest" BOOLEAN NOT NULL DEFAULT true;
