import type { Permission } from '../../core/permissions.js';
import { ownedScope } from '../../core/scope.js';
import { anyOf, sql, type Sql } from '../../core/sql.js';
import { scopeOf, type Viewer } from '../../core/viewer.js';

/**
 * The condition under which a row of `service_requests` lies within a permission of the viewer; every reading uses it.
 * Own: assigned to them or taken in by them. Team: also those of their teams, and those that nobody has and no team works.
 */
export function requestScope(viewer: Viewer, permission: Permission = 'service-requests:read'): Sql {
  const columns = { ownerId: sql`service_requests.assignee_id`, teamId: sql`service_requests.team_id` };
  const owned = ownedScope(viewer, permission, columns);
  const takenIn = sql`service_requests.created_by_id = ${viewer.id}::uuid`;
  switch (scopeOf(viewer, permission)) {
    case 'own':
      return anyOf([owned, takenIn]);
    case 'team':
      return anyOf([
        owned,
        takenIn,
        sql`(service_requests.assignee_id IS NULL AND service_requests.team_id IS NULL)`,
      ]);
    case 'all':
    case undefined:
      return owned;
  }
}

/**
 * The same condition for any user of a statement: `userId` is a column with the user's id. For telling those who
 * supervise a request, for instance. A test holds the two against each other.
 */
export function requestScopeOf(userId: Sql, permission: Permission): Sql {
  return sql`EXISTS (
    SELECT FROM user_roles JOIN role_grants ON role_grants.role_id = user_roles.role_id
    WHERE user_roles.user_id = ${userId} AND role_grants.permission = ${permission}
      AND (role_grants.scope = 'all' OR service_requests.assignee_id = ${userId}
           OR service_requests.created_by_id = ${userId}
           OR (role_grants.scope = 'team'
               AND (service_requests.assignee_id IS NULL AND service_requests.team_id IS NULL
                    OR service_requests.team_id IN
                         (SELECT team_members.team_id FROM team_members WHERE team_members.user_id = ${userId})))))`;
}
