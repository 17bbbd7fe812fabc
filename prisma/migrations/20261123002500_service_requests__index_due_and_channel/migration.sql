-- The list of all requests by what is due first; what is done or has no deadline comes last.
CREATE INDEX service_requests_list_by_due ON service_requests (coalesce(next_due_at, '9999-12-31 00:00+00'), id)
  WHERE deleted_at IS NULL;

-- Those of a rare channel.
CREATE INDEX service_requests_list_of_channel ON service_requests (channel, received_at, id) WHERE deleted_at IS NULL;
