import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { sql } from '../../core/sql.js';
import { followUpStates } from './follow-ups.schemas.js';

/** A chain is read this far in either direction. */
const longestChain = 50;

const ChainLink = z.object({
  id: z.string(),
  due_on: z.string(),
  due_minute: z.number().nullable(),
  action: z.string(),
  state: z.enum(followUpStates),
  reason: z.string().nullable(),
  owner_name: z.string(),
  created_at: z.date(),
  finished_at: z.date().nullable(),
  contact_record_id: z.string().nullable(),
  outcome: z.string().nullable(),
  summary: z.string().nullable(),
});

export type ChainLink = z.infer<typeof ChainLink>;

/**
 * The follow-ups before and after one, itself included, latest first. All belong to the customer of that one, so whoever
 * has found it may see them.
 */
export function listChain({ deps }: ViewerContext, followUpId: string): Promise<ChainLink[]> {
  return deps.database.preparedRows(
    sql`
    WITH RECURSIVE earlier AS (
      SELECT id, previous_id, 0 AS distance FROM follow_ups WHERE id = ${followUpId}::uuid
      UNION ALL
      SELECT follow_ups.id, follow_ups.previous_id, distance + 1
      FROM follow_ups JOIN earlier ON follow_ups.id = earlier.previous_id WHERE distance < ${longestChain}::integer),
    later AS (
      SELECT id, 0 AS distance FROM follow_ups WHERE id = ${followUpId}::uuid
      UNION ALL
      SELECT follow_ups.id, distance + 1
      FROM follow_ups JOIN later ON follow_ups.previous_id = later.id WHERE distance < ${longestChain}::integer)
    SELECT follow_ups.id::text, follow_ups.due_on, follow_ups.due_minute, follow_ups.action, follow_ups.state,
           follow_ups.reason, owners.name AS owner_name, follow_ups.created_at, follow_ups.finished_at,
           follow_ups.contact_record_id::text, contact_records.outcome, contact_records.summary
    FROM follow_ups
    JOIN users AS owners ON owners.id = follow_ups.owner_id
    LEFT JOIN contact_records ON contact_records.id = follow_ups.contact_record_id
    WHERE follow_ups.id IN (SELECT id FROM earlier UNION SELECT id FROM later)
    ORDER BY follow_ups.created_at DESC, follow_ups.id DESC`,
    ChainLink,
  );
}
