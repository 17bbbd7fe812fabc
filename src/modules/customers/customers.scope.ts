import type { Permission } from '../../core/permissions.js';
import { ownedScope } from '../../core/scope.js';
import { sql, type Sql } from '../../core/sql.js';
import type { Viewer } from '../../core/viewer.js';

/** The condition under which a row of `customers` lies within a permission of the viewer. Every reading of customers uses it. */
export function customerScope(viewer: Viewer, permission: Permission = 'customers:read'): Sql {
  return ownedScope(viewer, permission, { ownerId: sql`customers.owner_id`, teamId: sql`customers.team_id` });
}
