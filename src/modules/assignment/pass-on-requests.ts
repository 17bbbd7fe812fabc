import { z } from 'zod';
import type { Transaction } from '../../core/database.js';
import { sql } from '../../core/sql.js';
import { lockAssignment } from './assign-requests.js';
import type { ChoiceReason } from './assignment-reason.js';

export interface Passing {
  readonly from: { readonly id: string; readonly name: string };
  /** Who gets them; null puts them back into the queue. */
  readonly toId: string | null;
  readonly byId: string;
  readonly now: Date;
}

/**
 * Takes from somebody who is absent all requests that are not done, whatever the receiver can have, and notes it in the
 * history of each; returns how many. Wake `assignmentQueue` after the commit.
 */
export async function passOnRequests(tx: Transaction, { from, toId, byId, now }: Passing): Promise<number> {
  await lockAssignment(tx);
  const reason: ChoiceReason | null =
    toId === null ? null : { key: 'substituteForAbsence', params: { name: from.name } };
  const counted = await tx.$queryRaw(sql`
    WITH passed AS (
      UPDATE service_requests SET assignee_id = ${toId}::uuid, unassigned_reason = NULL,
        assigned_at = CASE WHEN ${toId}::uuid IS NOT NULL THEN ${now}::timestamptz END
      WHERE assignee_id = ${from.id}::uuid AND deleted_at IS NULL AND state_category <> 'done'
      RETURNING id
    ), noted AS (
      INSERT INTO request_assignments (id, request_id, assignee_id, way, reason, assigned_by_id, assigned_at)
      SELECT gen_random_uuid(), id, ${toId}::uuid, 'absence', ${reason === null ? null : JSON.stringify(reason)}::jsonb,
             ${byId}::uuid, ${now}::timestamptz
      FROM passed
    )
    SELECT count(*)::integer AS count FROM passed`);
  return z.tuple([z.object({ count: z.number() })]).parse(counted)[0].count;
}
