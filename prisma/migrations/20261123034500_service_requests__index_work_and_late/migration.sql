-- What may be late: what is open, and what was closed too late. Serves "late" and "waiting".
CREATE INDEX service_requests_late ON service_requests (received_at, id)
  WHERE deleted_at IS NULL AND (state_category <> 'done' OR resolved_in_time IS FALSE);
CREATE INDEX service_requests_late_of_type ON service_requests (type_id, received_at, id)
  WHERE deleted_at IS NULL AND (state_category <> 'done' OR resolved_in_time IS FALSE);
CREATE INDEX service_requests_urgent_of_category ON service_requests (category_id, priority, received_at, id)
  WHERE deleted_at IS NULL AND priority > 2;

-- How much somebody has, counted when a request is assigned.
CREATE INDEX service_requests_open_of_assignee ON service_requests (assignee_id)
  WHERE deleted_at IS NULL AND state_category = 'open';

-- What a team's scope is put together from on the board.
CREATE INDEX service_requests_work_of_team_by_state ON service_requests (team_id, state_id)
  WHERE deleted_at IS NULL AND state_category <> 'done';
CREATE INDEX service_requests_work_of_creator ON service_requests (created_by_id, state_id)
  WHERE deleted_at IS NULL AND state_category <> 'done';

-- Return visits of every day hold their next attempt, so that those of another day are passed over within the index.
CREATE INDEX return_visits_daily ON return_visits (window_from, id, next_attempt_on)
  WHERE outcome IS NULL AND reactivated_at IS NULL;

-- Who was asked again after a low answer.
CREATE INDEX surveys_asked_again ON surveys (request_id) WHERE round = 2;
