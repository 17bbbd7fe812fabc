import { z } from 'zod';
import type { ViewerContext } from '../../../core/context.js';
import { NotFound } from '../../../core/errors.js';
import { listPage, type ListResult } from '../../../core/lists/list.js';
import type { ListOrder } from '../../../core/lists/page-statement.js';
import { addUpGrants } from '../../../core/permissions.js';
import { sql } from '../../../core/sql.js';
import { containsText } from '../filters.js';
import { covers } from '../granting.js';
import type { RoleListQuery } from './roles.schemas.js';

export const defaultRoleOrder: ListOrder<'name'> = { name: 'name', descending: false };

const RoleListRow = z.object({
  name: z.string(),
  shippedKey: z.string().nullable(),
  description: z.string(),
  permission_count: z.number(),
  user_count: z.number(),
});

export type RoleListRow = z.infer<typeof RoleListRow>;

const userCount = sql`(SELECT count(*)::integer FROM user_roles WHERE user_roles.role_id = roles.id) AS user_count`;

/** One page of the roles. */
export function listRoles({ deps }: ViewerContext, query: RoleListQuery): Promise<ListResult<RoleListRow>> {
  return listPage(deps.database, {
    select: sql`roles.name, roles.shipped_key AS "shippedKey", roles.description, ${userCount},
                (SELECT count(*)::integer FROM role_grants WHERE role_grants.role_id = roles.id) AS permission_count`,
    from: sql`roles`,
    id: sql`roles.id`,
    where: query.q ? [containsText(sql`roles.name`, query.q)] : [],
    sort: { expression: sql`roles.name`, type: 'text' },
    descending: query.sort?.descending ?? false,
    cursor: query.after,
    row: RoleListRow,
  });
}

const RoleRecord = z.object({
  id: z.string(),
  name: z.string(),
  shippedKey: z.string().nullable(),
  description: z.string(),
  version: z.number(),
  user_count: z.number(),
  users: z.array(
    z.object({ id: z.string(), name: z.string(), username: z.string(), isDisabled: z.boolean() }),
  ),
  grants: z.array(z.object({ permission: z.string(), scope: z.string() })).transform(addUpGrants),
});

export interface RoleRecord extends z.infer<typeof RoleRecord> {
  /** False when the role holds more than the viewer: it is not theirs to change. */
  readonly isWithinReach: boolean;
}

/**
 * One role with its grants and the first 50 of its users, by name.
 * @throws NotFound
 */
export async function findRole({ deps, viewer }: ViewerContext, id: string): Promise<RoleRecord> {
  const [row] = await deps.database.rows(
    sql`
    SELECT roles.id::text, roles.name, roles.shipped_key AS "shippedKey", roles.description, roles.version, ${userCount},
           coalesce((SELECT json_agg(holders) FROM (
             SELECT users.id, users.name, users.username, users.disabled_at IS NOT NULL AS "isDisabled"
             FROM user_roles JOIN users ON users.id = user_roles.user_id
             WHERE user_roles.role_id = roles.id ORDER BY users.name LIMIT 50) AS holders), '[]') AS users,
           coalesce((SELECT json_agg(json_build_object('permission', permission, 'scope', scope))
                     FROM role_grants WHERE role_grants.role_id = roles.id), '[]') AS grants
    FROM roles WHERE roles.id = ${id}::uuid`,
    RoleRecord,
  );
  if (!row) throw new NotFound('no such role');
  return { ...row, isWithinReach: covers(viewer.grants, row.grants) };
}
