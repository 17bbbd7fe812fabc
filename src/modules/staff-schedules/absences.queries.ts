import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { NotFound } from '../../core/errors.js';
import { sql } from '../../core/sql.js';
import { Absence, absenceLimits } from './absence.js';

const columns = sql`
  absences.id::text, absences.user_id::text AS "userId", absences.from_day::text AS "fromDay", absences.to_day::text AS "toDay", absences.reason,
  substitutes.id::text AS "substituteId", substitutes.name AS "substituteName", absences.version,
  EXISTS (SELECT FROM staff_absences AS theirs
    WHERE theirs.user_id = absences.substitute_id
      AND theirs.from_day <= absences.to_day AND theirs.to_day >= absences.from_day) AS "isSubstituteAbsent"`;

const from = sql`staff_absences AS absences LEFT JOIN users AS substitutes
  ON substitutes.id = absences.substitute_id AND substitutes.disabled_at IS NULL`;

/** Absences of somebody, the latest first. */
export const listAbsences = ({ deps }: ViewerContext, userId: string): Promise<Absence[]> =>
  deps.database.rows(
    sql`SELECT ${columns} FROM ${from} WHERE absences.user_id = ${userId}::uuid
        ORDER BY absences.from_day DESC, absences.id LIMIT ${absenceLimits.shown}`,
    Absence,
  );

/** @throws NotFound */
export async function findAbsence({ deps }: ViewerContext, id: string): Promise<Absence> {
  const [absence] = await deps.database.rows(
    sql`SELECT ${columns} FROM ${from} WHERE absences.id = ${id}::uuid`,
    Absence,
  );
  if (!absence) throw new NotFound('no such absence');
  return absence;
}

const Counts = z.object({ open: z.number(), waiting: z.number() });
export type RequestCounts = z.infer<typeof Counts>;

/** How many requests somebody has that are not done: open ones, and those that wait for the customer. */
export async function countRequestsOf({ deps }: ViewerContext, userId: string): Promise<RequestCounts> {
  const [counts] = await deps.database.rows(
    sql`SELECT count(*) FILTER (WHERE state_category = 'open')::integer AS open,
               count(*) FILTER (WHERE state_category = 'waiting')::integer AS waiting
        FROM service_requests
        WHERE assignee_id = ${userId}::uuid AND deleted_at IS NULL AND state_category <> 'done'`,
    Counts,
  );
  return counts ?? { open: 0, waiting: 0 };
}
