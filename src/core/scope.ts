import type { Permission } from './permissions.js';
import { anyOf, isOneOf, sql, type Sql } from './sql.js';
import { scopeOf, type Viewer } from './viewer.js';

export interface OwnedColumns {
  readonly ownerId: Sql;
  readonly teamId: Sql;
  /** An array of the people for whom the row counts as their own too. */
  readonly collaboratorIds?: Sql;
}

/**
 * The condition under which a row with an owner and a team lies within a permission of the viewer.
 * Own: theirs. Team: theirs, or of one of their teams. All: every row. Without the permission: none.
 * Where the row has collaborators, what is shared with the viewer is theirs as well.
 * The same predicate serves lists, search, pickers, exports and statistics.
 */
export function ownedScope(viewer: Viewer, permission: Permission, columns: OwnedColumns): Sql {
  switch (scopeOf(viewer, permission)) {
    case 'all':
      return sql`TRUE`;
    case 'team':
      return anyOf([...theirs(viewer, columns), isOneOf(columns.teamId, viewer.teamIds)]);
    case 'own':
      return anyOf(theirs(viewer, columns));
    case undefined:
      return sql`FALSE`;
  }
}

/** With nothing shared, the owner alone is asked for: an OR would keep lists from their index. */
const theirs = (viewer: Viewer, { ownerId, collaboratorIds }: OwnedColumns): Sql[] => [
  sql`${ownerId} = ${viewer.id}::uuid`,
  ...(collaboratorIds && viewer.collaborates !== false
    ? [sql`(${collaboratorIds} <> '{}' AND ${collaboratorIds} @> ARRAY[${viewer.id}::uuid])`]
    : []),
];
