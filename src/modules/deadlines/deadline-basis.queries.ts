import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { sql } from '../../core/sql.js';
import { WorkingCalendar } from '../../core/working-time/working-calendar.js';
import { requestScope } from '../service-requests/service-requests.scope.js';
import { countedRequestColumn, StoredRequest } from './counted-requests.js';
import { DeadlineBasis } from './deadline-basis.js';

const Basis = z.object({
  counted: StoredRequest,
  basis: DeadlineBasis.nullable(),
  first_response_due_at: z.date().nullable(),
  update_due_at: z.date().nullable(),
  resolution_due_at: z.date().nullable(),
  response_minutes: z.number().nullable(),
  responded_in_time: z.boolean().nullable(),
  resolution_minutes: z.number().nullable(),
  resolved_in_time: z.boolean().nullable(),
  calendar_name: z.string().nullable(),
  calendar_shipped_key: z.string().nullable(),
  calendar: WorkingCalendar.nullable(),
});

/** What the deadlines of a request were counted by and from, and what came of it. */
export type StoredBasis = z.infer<typeof Basis>;

/** Read in one statement; undefined when the viewer sees no such request. */
export async function readDeadlineBasis(
  { deps, viewer }: ViewerContext,
  requestId: string,
): Promise<StoredBasis | undefined> {
  const [basis] = await deps.database.preparedRows(
    sql`
    SELECT ${countedRequestColumn(deps.now())} AS counted, service_requests.deadline_basis AS basis,
           first_response_due_at, update_due_at, resolution_due_at,
           response_minutes, responded_in_time, resolution_minutes, resolved_in_time,
           calendars.name AS calendar_name, calendars.shipped_key AS calendar_shipped_key,
           CASE WHEN calendars.id IS NOT NULL THEN jsonb_build_object(
             'timeZone', calendars.time_zone, 'weekly', calendars.weekly,
             'exceptions', (
               SELECT coalesce(jsonb_object_agg(day, jsonb_build_object('windows', windows, 'name', exceptions.name)), '{}')
               FROM working_calendar_exceptions AS exceptions
               WHERE exceptions.calendar_id = calendars.id AND day >= (received_at - interval '2 days')::date))
           END AS calendar
    FROM service_requests
    LEFT JOIN working_calendars AS calendars ON calendars.id = (service_requests.deadline_basis->>'calendarId')::uuid
    WHERE service_requests.id = ${requestId}::uuid AND ${requestScope(viewer)}`,
    Basis,
  );
  return basis;
}
