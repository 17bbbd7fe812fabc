-- What is urgent, which little of all is.
CREATE INDEX service_requests_list_of_urgency ON service_requests (priority, received_at, id)
  WHERE deleted_at IS NULL AND priority > 2;

-- What is not done of a type.
CREATE INDEX service_requests_open_of_type ON service_requests (type_id, received_at, id)
  WHERE deleted_at IS NULL AND state_category <> 'done';
