import { z } from 'zod';
import type { ViewerContext } from '../../../core/context.js';
import { NotFound } from '../../../core/errors.js';
import { listPage, type ListResult } from '../../../core/lists/list.js';
import type { ListOrder } from '../../../core/lists/page-statement.js';
import { sql, type Sql } from '../../../core/sql.js';
import { containsText } from '../filters.js';
import { Person } from '../people.queries.js';
import type { TeamListQuery } from './teams.schemas.js';

export const defaultTeamOrder: ListOrder<'name'> = { name: 'name', descending: false };

const TeamListRow = z.object({
  name: z.string(),
  branch_name: z.string().nullable(),
  member_count: z.number(),
});

export type TeamListRow = z.infer<typeof TeamListRow>;

/** One page of the teams. */
export function listTeams({ deps }: ViewerContext, query: TeamListQuery): Promise<ListResult<TeamListRow>> {
  const where: Sql[] = [];
  if (query.q) where.push(containsText(sql`teams.name`, query.q));
  if (query.branch) where.push(sql`teams.branch_id = ${query.branch}::uuid`);
  return listPage(deps.database, {
    select: sql`teams.name, branches.name AS branch_name,
                (SELECT count(*)::integer FROM team_members WHERE team_members.team_id = teams.id) AS member_count`,
    from: sql`teams LEFT JOIN branches ON branches.id = teams.branch_id`,
    id: sql`teams.id`,
    where,
    sort: { expression: sql`teams.name`, type: 'text' },
    descending: query.sort?.descending ?? false,
    cursor: query.after,
    row: TeamListRow,
  });
}

const TeamRecord = z.object({
  id: z.string(),
  name: z.string(),
  branch_id: z.string().nullable(),
  branch_name: z.string().nullable(),
  version: z.number(),
  members: z.array(Person.extend({ isDisabled: z.boolean() })),
});

export type TeamRecord = z.infer<typeof TeamRecord>;

/**
 * One team with its branch and members, by name.
 * @throws NotFound
 */
export async function findTeam({ deps }: ViewerContext, id: string): Promise<TeamRecord> {
  const [row] = await deps.database.rows(
    sql`
    SELECT teams.id::text, teams.name, teams.branch_id::text, branches.name AS branch_name, teams.version,
           coalesce((SELECT json_agg(json_build_object('id', users.id, 'name', users.name, 'username', users.username,
                                                       'isDisabled', users.disabled_at IS NOT NULL) ORDER BY users.name)
                     FROM team_members JOIN users ON users.id = team_members.user_id
                     WHERE team_members.team_id = teams.id), '[]') AS members
    FROM teams LEFT JOIN branches ON branches.id = teams.branch_id
    WHERE teams.id = ${id}::uuid`,
    TeamRecord,
  );
  if (!row) throw new NotFound('no such team');
  return row;
}
