-- What somebody owns in the recycle bin, for a handover.
CREATE INDEX customers_bin_of_owner ON customers (owner_id, id) WHERE deleted_at IS NOT NULL;
