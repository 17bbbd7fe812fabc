-- Tabs of work in the order of receipt: the list of all by receipt begins with years of what is done.
CREATE INDEX service_requests_work_by_receipt ON service_requests (received_at, id)
  WHERE deleted_at IS NULL AND state_category <> 'done';
