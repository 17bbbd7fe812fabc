import { v7 as newId } from 'uuid';
import { z } from 'zod';
import type { Transaction } from '../../core/database.js';
import { emptySql, sql, type Sql } from '../../core/sql.js';
import { tellAssignees } from './assignment-notices.js';

interface Step {
  readonly requestId: string;
  readonly now: Date;
  /** The version that the page was opened with; left out where any will do. */
  readonly version?: number;
}

export interface Taking extends Step {
  readonly userId: string;
}

export interface AssignmentByHand extends Step {
  readonly assigneeId: string;
  readonly assignedById: string;
}

export interface Release extends Step {
  /** Who gives it back. */
  readonly userId: string;
}

const Stored = z.array(z.object({ requestNo: z.string(), customerId: z.string().nullable() }));

/**
 * Takes a request that nobody has. Of any number who do so at once one succeeds; false for the others, and when it is
 * done, deleted or of another version.
 */
export async function takeRequest(tx: Transaction, { userId, ...step }: Taking): Promise<boolean> {
  const stored = await store(tx, step, {
    assigneeId: userId,
    assignedById: userId,
    way: 'taken',
    condition: sql`assignee_id IS NULL`,
  });
  return stored !== undefined;
}

/** Gives a request to somebody, whoever had it, and tells them. False when they have it, or it is done, deleted or of another version. */
export async function assignByHand(tx: Transaction, assignment: AssignmentByHand): Promise<boolean> {
  const { assigneeId, assignedById, requestId } = assignment;
  const stored = await store(tx, assignment, {
    assigneeId,
    assignedById,
    way: 'byHand',
    condition: sql`assignee_id IS DISTINCT FROM ${assigneeId}::uuid`,
  });
  if (!stored) return false;
  if (assigneeId !== assignedById) await tellAssignees(tx, [{ ...stored, requestId, userId: assigneeId }]);
  return true;
}

/** Takes a request from whoever has it. False when nobody has, or it is done, deleted or of another version. */
export async function releaseRequest(tx: Transaction, { userId, ...step }: Release): Promise<boolean> {
  const stored = await store(tx, step, {
    assigneeId: null,
    assignedById: userId,
    way: 'released',
    condition: sql`assignee_id IS NOT NULL`,
  });
  return stored !== undefined;
}

interface Change {
  readonly assigneeId: string | null;
  readonly assignedById: string;
  readonly way: 'taken' | 'byHand' | 'released';
  readonly condition: Sql;
}

/** The request and its history in one statement, so that whoever comes second changes neither. */
async function store(tx: Transaction, { requestId, now, version }: Step, change: Change) {
  const { assigneeId, assignedById, way, condition } = change;
  const stored = await tx.$queryRaw(sql`
    WITH changed AS (
      UPDATE service_requests SET assignee_id = ${assigneeId}::uuid, unassigned_reason = NULL,
        assigned_at = CASE WHEN ${assigneeId}::uuid IS NOT NULL THEN ${now}::timestamptz END
      WHERE id = ${requestId}::uuid AND deleted_at IS NULL AND state_category <> 'done' AND ${condition}
        ${version === undefined ? emptySql : sql`AND version = ${version}`}
      RETURNING id, request_no, customer_id
    ), noted AS (
      INSERT INTO request_assignments (id, request_id, assignee_id, way, assigned_by_id, assigned_at)
      SELECT ${newId()}::uuid, id, ${assigneeId}::uuid, ${way}, ${assignedById}::uuid, ${now}::timestamptz FROM changed
    )
    SELECT request_no AS "requestNo", customer_id::text AS "customerId" FROM changed`);
  return Stored.parse(stored)[0];
}
