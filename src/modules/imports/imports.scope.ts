import { sql, type Sql } from '../../core/sql.js';
import { can, type Viewer } from '../../core/viewer.js';

/** The condition under which an import is the viewer's business: their own, and all for those who run the system. */
export function importScope(viewer: Viewer): Sql {
  return can(viewer, 'system:manage') ? sql`TRUE` : sql`imports.created_by_id = ${viewer.id}::uuid`;
}
