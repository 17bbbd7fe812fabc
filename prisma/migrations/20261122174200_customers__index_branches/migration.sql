-- The rows of a branch in the list's order, as for owner, team, source and city; and customers by their age.
CREATE INDEX customers_list_of_branch ON customers (branch_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX customers_list_of_birth ON customers (birth_date, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX customers_list_of_first_visit ON customers (first_visit_on, created_at, id) WHERE deleted_at IS NULL;
