import { ownedScope } from '../../core/scope.js';
import { sql, type Sql } from '../../core/sql.js';
import type { Viewer } from '../../core/viewer.js';

/**
 * The condition under which a survey, joined with its request, is within what the viewer may read of evaluations. Own:
 * about them. Team: also about requests of their teams.
 */
export const evaluationScope = (viewer: Viewer): Sql =>
  ownedScope(viewer, 'evaluations:read', {
    ownerId: sql`surveys.staff_id`,
    teamId: sql`service_requests.team_id`,
  });
