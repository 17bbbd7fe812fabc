import { z } from 'zod';
import type { Transaction } from '../../core/database.js';
import { sql, type Sql } from '../../core/sql.js';
import type { Candidate, RequestToAssign } from './choose-assignee.js';
import { isAtWork, mayWorkRequests, openCountOf } from './staff-conditions.js';

const CandidateRow = z.object({
  userId: z.string(),
  teamIds: z.array(z.string()),
  branchIds: z.array(z.string()),
  skillIds: z.array(z.string()),
  isAtWork: z.boolean(),
  openCount: z.number(),
  maximumOpen: z.number(),
  weight: z.number(),
  lastAssignedAt: z.date().nullable(),
});

/**
 * Everybody who takes automatic assignments, as they stand now. What they have is counted of those alone who may take some
 * of the requests, at work and in their teams, because counting takes the time. Read under the lock, or another call counts
 * them too.
 */
export async function readCandidates(
  tx: Transaction,
  requests: readonly Pick<RequestToAssign, 'team'>[],
  now: Date,
): Promise<Candidate[]> {
  const id = sql`users.id`;
  const teamIds = requests.map(({ team }) => team?.id ?? null);
  return CandidateRow.array().parse(
    await tx.$queryRaw(sql`
      SELECT users.id::text AS "userId", staff_capacities.maximum_open AS "maximumOpen", staff_capacities.weight,
             ARRAY(SELECT team_id::text FROM team_members WHERE user_id = ${id}) AS "teamIds",
             ARRAY(SELECT DISTINCT branch_id::text FROM teams JOIN team_members ON team_members.team_id = teams.id
                   WHERE user_id = ${id} AND branch_id IS NOT NULL) AS "branchIds",
             ARRAY(SELECT skill_id::text FROM staff_skills WHERE user_id = ${id}) AS "skillIds", "isAtWork",
             CASE WHEN "mayTake" THEN ${openCountOf(id)} ELSE 0 END AS "openCount",
             CASE WHEN "mayTake" THEN (SELECT assigned_at FROM request_assignments WHERE assignee_id = ${id}
                                       ORDER BY assigned_at DESC LIMIT 1) END AS "lastAssignedAt"
      FROM staff_capacities JOIN users USING (id)
      CROSS JOIN LATERAL (SELECT ${isAtWork(id, now)} AS "isAtWork") AS shift
      CROSS JOIN LATERAL (SELECT "isAtWork" AND ${worksForOneOf(id, teamIds)} AS "mayTake") AS able
      WHERE takes_automatic AND disabled_at IS NULL AND ${mayWorkRequests(id)}
      ORDER BY users.id`),
  );
}

/** Whether somebody is in one of these teams; null is for any of them. */
const worksForOneOf = (userId: Sql, teamIds: readonly (string | null)[]): Sql =>
  teamIds.includes(null)
    ? sql`TRUE`
    : sql`EXISTS (SELECT FROM team_members WHERE user_id = ${userId} AND team_id = ANY(${teamIds}::uuid[]))`;
