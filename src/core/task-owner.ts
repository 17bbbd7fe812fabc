import { z } from 'zod';
import type { Database } from './database.js';
import { addUpGrants } from './permissions.js';
import { sql } from './sql.js';
import type { Viewer } from './viewer.js';

/** Who started a background task, with what they may do at this moment, and where customers of theirs belong. */
export interface TaskOwner {
  readonly viewer: Viewer;
  readonly teamId: string | null;
  readonly branchId: string | null;
}

const TaskOwnerRow = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  teams: z.array(z.object({ id: z.string(), branchId: z.string().nullable() })),
  grants: z.array(z.object({ permission: z.string(), scope: z.string() })),
});

/** Reads the rights of a user outside a request; undefined when there is no such user or they were disabled. */
export async function findTaskOwner(database: Database, userId: string): Promise<TaskOwner | undefined> {
  const [row] = await database.rows(
    sql`
    SELECT users.id::text, users.username, users.name,
           coalesce((SELECT json_agg(json_build_object('id', teams.id, 'branchId', teams.branch_id) ORDER BY team_members.id)
                     FROM team_members JOIN teams ON teams.id = team_id WHERE user_id = users.id), '[]') AS teams,
           coalesce((SELECT json_agg(json_build_object('permission', permission, 'scope', scope))
                     FROM user_roles JOIN role_grants USING (role_id) WHERE user_id = users.id), '[]') AS grants
    FROM users WHERE users.id = ${userId}::uuid AND users.disabled_at IS NULL`,
    TaskOwnerRow,
  );
  if (!row) return undefined;
  const [team] = row.teams;
  return {
    teamId: team?.id ?? null,
    branchId: team?.branchId ?? null,
    viewer: {
      id: row.id,
      username: row.username,
      name: row.name,
      locale: undefined,
      theme: 'auto',
      mustChangePassword: false,
      teamIds: row.teams.map(({ id }) => id),
      grants: addUpGrants(row.grants),
      loginSessionId: '',
    },
  };
}
