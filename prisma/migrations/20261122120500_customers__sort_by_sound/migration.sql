-- Deletions and events are rare among the rows of the log and often asked for.
CREATE INDEX audit_log_rare_operations ON audit_log (operation, id) WHERE operation IN ('delete', 'event');

-- Lists sort names as they sound: by pinyin, which is the name itself for Latin letters.
DROP INDEX "customers_name_id_idx";
CREATE INDEX "customers_name_pinyin_id_idx" ON "customers"("name_pinyin", "id");
