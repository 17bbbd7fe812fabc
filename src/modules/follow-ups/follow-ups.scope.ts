import { sql, type Sql } from '../../core/sql.js';
import { ownedScope } from '../../core/scope.js';
import type { Viewer } from '../../core/viewer.js';
import { customerScope } from '../customers/customers.scope.js';

/** The condition under which a row of `follow_ups`, joined with its customer, may be seen: whenever the customer may. */
export const followUpScope = (viewer: Viewer): Sql =>
  sql`(${customerScope(viewer)} AND customers.deleted_at IS NULL)`;

/** Those of them that the viewer may finish and change: their own, those of their teams' customers, or all. */
export const managedScope = (viewer: Viewer): Sql =>
  ownedScope(viewer, 'follow-ups:manage', {
    ownerId: sql`follow_ups.owner_id`,
    teamId: sql`customers.team_id`,
  });
