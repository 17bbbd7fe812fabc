import { timeZone } from '../../core/format.js';
import type { Permission } from '../../core/permissions.js';
import { sql, type Sql } from '../../core/sql.js';

/** What somebody must be granted, in any scope, to be given requests. */
const workPermission: Permission = 'service-requests:work';

/** Whether a user may work requests: a piece of a larger statement. */
export const mayWorkRequests = (userId: Sql): Sql => sql`
  EXISTS (SELECT FROM user_roles JOIN role_grants USING (role_id)
          WHERE user_roles.user_id = ${userId} AND role_grants.permission = ${workPermission})`;

/** How many open requests somebody has; those that wait for the customer do not count. A piece of a larger statement. */
export const openCountOf = (userId: Sql): Sql => sql`
  (SELECT count(*)::integer FROM service_requests
   WHERE assignee_id = ${userId} AND deleted_at IS NULL AND state_category = 'open')`;

/** Whether somebody is on shift at a moment and not absent on its day: a piece of a larger statement. */
export const isAtWork = (userId: Sql, moment: Date): Sql => {
  const wall = sql`(${moment}::timestamptz AT TIME ZONE ${timeZone})`;
  const minute = sql`(extract(hour FROM ${wall}) * 60 + extract(minute FROM ${wall}))::integer`;
  return sql`
    (EXISTS (SELECT FROM staff_shifts
       WHERE staff_shifts.user_id = ${userId} AND weekday = extract(isodow FROM ${wall})::integer
         AND from_minute <= ${minute} AND ${minute} < to_minute)
     AND NOT EXISTS (SELECT FROM staff_absences
       WHERE staff_absences.user_id = ${userId} AND ${wall}::date BETWEEN from_day AND to_day))`;
};
