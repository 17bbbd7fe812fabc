import type { Permission } from '../../core/permissions.js';
import { ownedScope } from '../../core/scope.js';
import { emptySql, sql, type Sql } from '../../core/sql.js';
import type { Viewer } from '../../core/viewer.js';

/** What collaborators may do as if the customer were their own. Deleting, merging, exporting and the tier stay with the owner. */
const sharedPermissions: ReadonlySet<Permission> = new Set<Permission>([
  'customers:read',
  'customers:edit',
  'customers:reveal-contact',
  'purchases:create',
  'contact-records:create',
  'follow-ups:manage',
]);

const ownedColumns = { ownerId: sql`customers.owner_id`, teamId: sql`customers.team_id` };
const collaboratorIds = sql`customers.collaborator_ids`;

/** The condition under which a row of `customers` lies within a permission of the viewer. Every reading of customers uses it. */
export const customerScope = (viewer: Viewer, permission: Permission = 'customers:read'): Sql =>
  sharedPermissions.has(permission)
    ? ownedScope(viewer, permission, { ...ownedColumns, collaboratorIds })
    : unsharedCustomerScope(viewer, permission);

/** The same without customers that are only shared with the viewer: for giving a customer to another owner. */
export const unsharedCustomerScope = (viewer: Viewer, permission: Permission): Sql =>
  ownedScope(viewer, permission, ownedColumns);

/**
 * The same condition for any user of a statement, for instance of everybody who gets a reminder: `userId` is a column
 * with the user's id. A test holds the two against each other.
 */
export function customerScopeOf(userId: Sql, permission: Permission = 'customers:read'): Sql {
  const isShared = sharedPermissions.has(permission)
    ? sql`OR ${collaboratorIds} @> ARRAY[${userId}]`
    : emptySql;
  return sql`EXISTS (
    SELECT FROM user_roles JOIN role_grants ON role_grants.role_id = user_roles.role_id
    WHERE user_roles.user_id = ${userId} AND role_grants.permission = ${permission}
      AND (role_grants.scope = 'all' OR customers.owner_id = ${userId} ${isShared}
           OR (role_grants.scope = 'team' AND customers.team_id IN
                 (SELECT team_members.team_id FROM team_members WHERE team_members.user_id = ${userId}))))`;
}
