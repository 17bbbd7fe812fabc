import type { Permission } from '../../core/permissions.js';
import { ownedScope } from '../../core/scope.js';
import { sql, type Sql } from '../../core/sql.js';
import type { Viewer } from '../../core/viewer.js';

/** The condition under which a row of `customers` lies within a permission of the viewer. Every reading of customers uses it. */
export function customerScope(viewer: Viewer, permission: Permission = 'customers:read'): Sql {
  return ownedScope(viewer, permission, { ownerId: sql`customers.owner_id`, teamId: sql`customers.team_id` });
}

/**
 * The same condition for any user of a statement, for instance of everybody who gets a reminder: `userId` is a column
 * with the user's id. A test holds the two against each other.
 */
export function customerScopeOf(userId: Sql, permission: Permission = 'customers:read'): Sql {
  return sql`EXISTS (
    SELECT FROM user_roles JOIN role_grants ON role_grants.role_id = user_roles.role_id
    WHERE user_roles.user_id = ${userId} AND role_grants.permission = ${permission}
      AND (role_grants.scope = 'all' OR customers.owner_id = ${userId}
           OR (role_grants.scope = 'team' AND customers.team_id IN
                 (SELECT team_members.team_id FROM team_members WHERE team_members.user_id = ${userId}))))`;
}
