import type { Permission } from './permissions.js';
import { sql, type Sql } from './sql.js';
import { scopeOf, type Viewer } from './viewer.js';

export interface OwnedColumns {
  readonly ownerId: Sql;
  readonly teamId: Sql;
}

/**
 * The condition under which a row with an owner and a team lies within a permission of the viewer.
 * Own: theirs. Team: theirs, or of one of their teams. All: every row. Without the permission: none.
 * The same predicate serves lists, search, pickers, exports and statistics.
 */
export function ownedScope(viewer: Viewer, permission: Permission, columns: OwnedColumns): Sql {
  switch (scopeOf(viewer, permission)) {
    case 'all':
      return sql`TRUE`;
    case 'team':
      return sql`(${columns.ownerId} = ${viewer.id}::uuid OR ${columns.teamId} = ANY(${[...viewer.teamIds]}::uuid[]))`;
    case 'own':
      return sql`${columns.ownerId} = ${viewer.id}::uuid`;
    case undefined:
      return sql`FALSE`;
  }
}
