-- AlterTable
ALTER TABLE "segments" ADD COLUMN     "deleted_at" TIMESTAMPTZ(3);

-- A deleted segment gives its name free.
DROP INDEX "segments_name_key";
CREATE UNIQUE INDEX segments_name_key ON segments (name) WHERE deleted_at IS NULL;
