import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { sql } from '../../core/sql.js';
import { ChoiceReason } from './assignment-reason.js';

/** Assignments of a request that its record tells of, at most. */
export const assignmentsShown = 20;

const AssignmentRow = z.object({
  way: z.enum(['byHand', 'taken', 'automatic', 'released', 'absence']),
  reason: ChoiceReason.nullable().catch(null),
  assigneeName: z.string().nullable(),
  /** Who did it; null where the product did. */
  actorName: z.string().nullable(),
  assignedAt: z.date(),
});

/** One step of a request from hand to hand. */
export type AssignmentRow = z.infer<typeof AssignmentRow>;

/** Who had a request, the latest first, one more than are shown. Read the request within its scope first. */
export const readAssignments = ({ deps }: ViewerContext, requestId: string): Promise<AssignmentRow[]> =>
  deps.database.preparedRows(
    sql`SELECT way, reason, assignees.name AS "assigneeName", actors.name AS "actorName", assigned_at AS "assignedAt"
        FROM request_assignments
        LEFT JOIN users AS assignees ON assignees.id = request_assignments.assignee_id
        LEFT JOIN users AS actors ON actors.id = request_assignments.assigned_by_id
        WHERE request_id = ${requestId}::uuid
        ORDER BY assigned_at DESC, request_assignments.id DESC LIMIT ${assignmentsShown + 1}`,
    AssignmentRow,
  );
