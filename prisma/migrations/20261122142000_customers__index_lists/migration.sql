-- Lists never show what is deleted: without it, an index alone counts a list, and each filter has its rows in the list's order.
DROP INDEX "customers_created_at_id_idx";
DROP INDEX "customers_name_pinyin_id_idx";
DROP INDEX "customers_owner_id_created_at_id_idx";
DROP INDEX "customers_team_id_created_at_id_idx";
DROP INDEX "customers_source_idx";
DROP INDEX "customers_city_idx";
DROP INDEX "customers_updated_at_id_idx";

CREATE INDEX customers_list ON customers (created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX customers_list_by_name ON customers (name_pinyin, id) WHERE deleted_at IS NULL;
CREATE INDEX customers_list_by_change ON customers (updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX customers_list_of_owner ON customers (owner_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX customers_list_of_team ON customers (team_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX customers_list_of_source ON customers (source, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX customers_list_of_city ON customers (city, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX customers_list_of_gender ON customers (gender, created_at, id) WHERE deleted_at IS NULL;
