import { z } from 'zod';
import type { ViewerContext } from '../../../core/context.js';
import { NotFound } from '../../../core/errors.js';
import { listPage, type ListResult } from '../../../core/lists/list.js';
import type { ListOrder, SortColumn } from '../../../core/lists/page-statement.js';
import { addUpGrants } from '../../../core/permissions.js';
import { anyOf, sql, type Sql } from '../../../core/sql.js';
import { containsText } from '../filters.js';
import { covers } from '../granting.js';
import type { UserListQuery, userSorts } from './users.schemas.js';

type UserSort = (typeof userSorts)[number];

export const defaultUserOrder: ListOrder<UserSort> = { name: 'name', descending: false };

const sortColumns: Readonly<Record<UserSort, SortColumn>> = {
  name: { expression: sql`users.name`, type: 'text' },
  username: { expression: sql`users.username`, type: 'text' },
  createdAt: { expression: sql`users.created_at`, type: 'timestamptz' },
};

const NamedRole = z.object({ id: z.string(), name: z.string(), shippedKey: z.string().nullable() });
const NamedTeam = z.object({ id: z.string(), name: z.string() });
const GrantRows = z.array(z.object({ permission: z.string(), scope: z.string() })).transform(addUpGrants);

const rolesOfUser = sql`coalesce(
  (SELECT json_agg(json_build_object('id', roles.id, 'name', roles.name, 'shippedKey', roles.shipped_key) ORDER BY roles.name)
   FROM user_roles JOIN roles ON roles.id = user_roles.role_id WHERE user_roles.user_id = users.id), '[]') AS roles`;
const teamsOfUser = sql`coalesce(
  (SELECT json_agg(json_build_object('id', teams.id, 'name', teams.name) ORDER BY teams.name)
   FROM team_members JOIN teams ON teams.id = team_members.team_id WHERE team_members.user_id = users.id), '[]') AS teams`;

const UserListRow = z.object({
  name: z.string(),
  username: z.string(),
  disabled_at: z.date().nullable(),
  created_at: z.date(),
  last_seen_at: z.date().nullable(),
  roles: z.array(NamedRole),
  teams: z.array(NamedTeam),
});

export type UserListRow = z.infer<typeof UserListRow>;

/** One page of the users. */
export function listUsers({ deps }: ViewerContext, query: UserListQuery): Promise<ListResult<UserListRow>> {
  const order = query.sort ?? defaultUserOrder;
  return listPage(deps.database, {
    select: sql`users.name, users.username, users.disabled_at, users.created_at, ${rolesOfUser}, ${teamsOfUser},
                (SELECT max(last_seen_at) FROM login_sessions WHERE login_sessions.user_id = users.id) AS last_seen_at`,
    from: sql`users`,
    id: sql`users.id`,
    where: conditions(query),
    sort: sortColumns[order.name],
    descending: order.descending,
    cursor: query.after,
    row: UserListRow,
  });
}

function conditions(query: UserListQuery): Sql[] {
  const found: Sql[] = [];
  if (query.q)
    found.push(anyOf([containsText(sql`users.name`, query.q), containsText(sql`users.username`, query.q)]));
  if (query.state)
    found.push(
      query.state === 'active' ? sql`users.disabled_at IS NULL` : sql`users.disabled_at IS NOT NULL`,
    );
  if (query.role) {
    found.push(
      sql`EXISTS (SELECT FROM user_roles WHERE user_roles.user_id = users.id AND user_roles.role_id = ${query.role}::uuid)`,
    );
  }
  return found;
}

const UserRecord = z.object({
  id: z.string(),
  name: z.string(),
  username: z.string(),
  email: z.string().nullable(),
  locale: z.string().nullable(),
  must_change_password: z.boolean(),
  disabled_at: z.date().nullable(),
  created_at: z.date(),
  version: z.number(),
  roles: z.array(NamedRole),
  teams: z.array(NamedTeam),
  grants: GrantRows,
  owned_customers: z.number(),
});

export interface UserRecord extends z.infer<typeof UserRecord> {
  /** False for somebody who may do more than the viewer: their access is not the viewer's to change. */
  readonly isWithinReach: boolean;
}

/**
 * One user with roles, teams, grants of all roles, and the number of customers they own.
 * @throws NotFound
 */
export async function findUser({ deps, viewer }: ViewerContext, id: string): Promise<UserRecord> {
  const [row] = await deps.database.rows(
    sql`
    SELECT users.id::text, users.name, users.username, users.email, users.locale, users.must_change_password,
           users.disabled_at, users.created_at, users.version, ${rolesOfUser}, ${teamsOfUser},
           coalesce((SELECT json_agg(json_build_object('permission', permission, 'scope', scope))
                     FROM user_roles JOIN role_grants USING (role_id) WHERE user_roles.user_id = users.id), '[]') AS grants,
           (SELECT count(*)::integer FROM customers WHERE owner_id = users.id AND deleted_at IS NULL) AS owned_customers
    FROM users WHERE users.id = ${id}::uuid`,
    UserRecord,
  );
  if (!row) throw new NotFound('no such user');
  return { ...row, isWithinReach: covers(viewer.grants, row.grants) };
}

const RoleChoice = NamedRole.extend({ grants: GrantRows });

export type RoleChoice = z.infer<typeof RoleChoice>;

/** Every role with its grants, by name; at most 500. */
export function listRoleChoices({ deps }: ViewerContext): Promise<RoleChoice[]> {
  return deps.database.rows(
    sql`
    SELECT id::text, name, shipped_key AS "shippedKey",
           coalesce((SELECT json_agg(json_build_object('permission', permission, 'scope', scope))
                     FROM role_grants WHERE role_id = roles.id), '[]') AS grants
    FROM roles ORDER BY name LIMIT 500`,
    RoleChoice,
  );
}

/** Every team by name; at most 500. */
export function listTeamChoices({ deps }: ViewerContext): Promise<z.infer<typeof NamedTeam>[]> {
  return deps.database.rows(sql`SELECT id::text, name FROM teams ORDER BY name LIMIT 500`, NamedTeam);
}
