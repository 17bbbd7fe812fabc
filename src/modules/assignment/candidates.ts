import { z } from 'zod';
import type { Transaction } from '../../core/database.js';
import { sql } from '../../core/sql.js';
import type { Candidate } from './choose-assignee.js';
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

/** Everybody who takes automatic assignments, as they stand now. Read under the lock, or another call counts them too. */
export async function readCandidates(tx: Transaction, now: Date): Promise<Candidate[]> {
  const id = sql`users.id`;
  return CandidateRow.array().parse(
    await tx.$queryRaw(sql`
      SELECT users.id::text AS "userId", staff_capacities.maximum_open AS "maximumOpen", staff_capacities.weight,
             ARRAY(SELECT team_id::text FROM team_members WHERE user_id = ${id}) AS "teamIds",
             ARRAY(SELECT DISTINCT branch_id::text FROM teams JOIN team_members ON team_members.team_id = teams.id
                   WHERE user_id = ${id} AND branch_id IS NOT NULL) AS "branchIds",
             ARRAY(SELECT skill_id::text FROM staff_skills WHERE user_id = ${id}) AS "skillIds",
             ${isAtWork(id, now)} AS "isAtWork", ${openCountOf(id)} AS "openCount",
             (SELECT assigned_at FROM request_assignments WHERE assignee_id = ${id}
              ORDER BY assigned_at DESC LIMIT 1) AS "lastAssignedAt"
      FROM staff_capacities JOIN users USING (id)
      WHERE takes_automatic AND disabled_at IS NULL AND ${mayWorkRequests(id)}
      ORDER BY users.id`),
  );
}
