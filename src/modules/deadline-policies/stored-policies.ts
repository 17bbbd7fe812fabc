import { sql } from '../../core/sql.js';

/** A column of a SELECT: every policy in use as `DeadlinePolicy`, as JSON; they are few. */
export const policiesColumn = sql`(
  SELECT coalesce(jsonb_agg(jsonb_build_object(
           'id', id, 'name', name, 'typeId', type_id, 'priority', priority, 'tierId', tier_id, 'calendarId', calendar_id,
           'targets', jsonb_build_object('firstResponse', first_response_minutes, 'update', update_minutes,
                                         'resolution', resolution_minutes),
           'warningMinutes', warning_minutes, 'position', position)), '[]')
  FROM deadline_policies WHERE archived_at IS NULL)`;
