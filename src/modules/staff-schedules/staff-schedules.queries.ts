import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { NotFound } from '../../core/errors.js';
import { dayOf } from '../../core/format.js';
import { listPage, type ListResult } from '../../core/lists/list.js';
import type { ListOrder } from '../../core/lists/page-statement.js';
import { sql, type Sql } from '../../core/sql.js';
import { containsText } from '../admin/filters.js';
import { Person } from '../admin/people.queries.js';
import { isAtWork, mayWorkRequests, openCountOf } from '../assignment/staff-conditions.js';
import { Shift } from './staff-schedule.js';
import type { StaffListQuery } from './staff-schedules.schemas.js';

export const defaultStaffOrder: ListOrder<'name'> = { name: 'name', descending: false };

const StaffRow = z.object({
  name: z.string(),
  username: z.string(),
  shifts: z.array(Shift),
  skills: z.array(z.string()),
  /** Null for somebody who was never set up. */
  takesAutomatic: z.boolean().nullable(),
  maximumOpen: z.number().nullable(),
  weight: z.number().nullable(),
  openCount: z.number(),
  isAtWork: z.boolean(),
  /** The last day of the absence of today, `yyyy-mm-dd`. */
  absentUntil: z.string().nullable(),
});

/** Somebody who works requests, with hours and load as they are now. */
export type StaffRow = z.infer<typeof StaffRow>;

const id = sql`users.id`;

const staffColumns = (now: Date): Sql => sql`
  users.name, users.username, takes_automatic AS "takesAutomatic", maximum_open AS "maximumOpen", weight,
  (SELECT coalesce(jsonb_agg(jsonb_build_object('weekday', weekday, 'fromMinute', from_minute, 'toMinute', to_minute)
            ORDER BY weekday, from_minute), '[]'::jsonb) FROM staff_shifts WHERE user_id = users.id) AS shifts,
  ARRAY(SELECT skills.name FROM staff_skills JOIN skills ON skills.id = skill_id
        WHERE user_id = users.id ORDER BY skills.name) AS skills,
  ${openCountOf(id)} AS "openCount", ${isAtWork(id, now)} AS "isAtWork",
  (SELECT max(to_day) FROM staff_absences
   WHERE user_id = users.id AND ${dayOf(now)}::date BETWEEN from_day AND to_day)::text AS "absentUntil"`;

const staff = sql`users LEFT JOIN staff_capacities ON staff_capacities.id = users.id`;

/** One page of those who work requests, by name. */
export function listStaff({ deps }: ViewerContext, query: StaffListQuery): Promise<ListResult<StaffRow>> {
  const worksRequests = sql`users.disabled_at IS NULL AND (staff_capacities.id IS NOT NULL OR ${mayWorkRequests(id)})`;
  return listPage(deps.database, {
    select: staffColumns(deps.now()),
    from: staff,
    id,
    where: query.q ? [worksRequests, containsText(sql`users.name`, query.q)] : [worksRequests],
    isUnfiltered: !query.q,
    sort: { expression: sql`users.name`, type: 'text' },
    descending: query.sort?.descending ?? false,
    cursor: query.after,
    row: StaffRow,
  });
}

const StaffRecord = StaffRow.extend({
  id: z.string(),
  /** That of the capacity; 0 before there is one. */
  version: z.number(),
  skillIds: z.array(z.string()),
  mayWork: z.boolean(),
});

/** One of them with what the form needs. */
export type StaffRecord = z.infer<typeof StaffRecord>;

/** @throws NotFound */
export async function findStaff({ deps }: ViewerContext, userId: string): Promise<StaffRecord> {
  const [row] = await deps.database.rows(
    sql`SELECT users.id::text, coalesce(staff_capacities.version, 0) AS version, ${staffColumns(deps.now())},
               ARRAY(SELECT skill_id::text FROM staff_skills WHERE user_id = users.id) AS "skillIds",
               ${mayWorkRequests(id)} AS "mayWork"
        FROM ${staff} WHERE users.id = ${userId}::uuid AND users.disabled_at IS NULL`,
    StaffRecord,
  );
  if (!row) throw new NotFound('no such member of staff');
  return row;
}

/** Everybody else who works requests, by name: who can stand in, and whose hours can be copied. At most 500. */
export const listColleagues = ({ deps }: ViewerContext, userId: string): Promise<Person[]> =>
  deps.database.rows(
    sql`SELECT users.id::text, users.name, users.username FROM users
        WHERE users.disabled_at IS NULL AND users.id <> ${userId}::uuid AND ${mayWorkRequests(id)}
        ORDER BY users.name, users.username LIMIT 500`,
    Person,
  );

/** Those of them who have hours to copy. */
export const listColleaguesWithHours = ({ deps }: ViewerContext, userId: string): Promise<Person[]> =>
  deps.database.rows(
    sql`SELECT users.id::text, users.name, users.username FROM users
        WHERE users.disabled_at IS NULL AND users.id <> ${userId}::uuid
          AND EXISTS (SELECT FROM staff_shifts WHERE user_id = users.id)
        ORDER BY users.name, users.username LIMIT 500`,
    Person,
  );
