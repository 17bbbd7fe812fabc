import type { Transaction } from '../../core/database.js';
import { sql } from '../../core/sql.js';
import {
  moveRows,
  movingRelations,
  readRelations,
  type Relation,
  type RelationRule,
} from '../duplicates/related-tables.js';

/**
 * What becomes of the rows that refer to a request that is merged into another one, by table and column; a test holds the
 * list against the foreign keys of the database. What tells how the request itself went stays with it.
 */
export const requestRelationRules: Readonly<Record<string, RelationRule>> = {
  'request_entries.request_id': 'moves',
  'attachments.request_id': 'moves',
  'personal_links.request_id': 'moves',
  'request_relations.from_id': 'moves',
  'request_relations.to_id': 'moves',
  'service_requests.merged_into_id': 'moves',
  'request_state_changes.request_id': 'stays',
  'request_assignments.request_id': 'stays',
  'request_deadline_notices.request_id': 'stays',
  'request_viewers.request_id': 'stays',
  'request_drafts.request_id': 'recounted',
  'surveys.request_id': 'stays',
  'complaints.id': 'stays',
  'return_visits.id': 'stays',
};

/** The columns whose rows move with a request. */
export const movingOfRequests = async (reader: Pick<Transaction, '$queryRaw'>): Promise<Relation[]> =>
  movingRelations(await readRelations(reader, 'service_requests'), requestRelationRules);

/** Lets all that moves with one request refer to another one; returns how many rows now do. */
export async function moveToRequest(tx: Transaction, from: string, to: string): Promise<number> {
  await dropLinksThatWouldDouble(tx, from, to);
  let moved = 0;
  for (const relation of await movingOfRequests(tx)) moved += await moveRows(tx, relation, from, to);
  return moved;
}

/** The link between the two, and of two links to a third one, said from either side, that of the request that goes. */
async function dropLinksThatWouldDouble(tx: Transaction, from: string, to: string): Promise<void> {
  await tx.$executeRaw(sql`
    DELETE FROM request_relations
    WHERE (from_id = ${from}::uuid AND to_id = ${to}::uuid) OR (from_id = ${to}::uuid AND to_id = ${from}::uuid)`);
  await tx.$executeRaw(sql`
    DELETE FROM request_relations AS going
    WHERE going.kind = 'related' AND (going.from_id = ${from}::uuid OR going.to_id = ${from}::uuid)
      AND EXISTS (SELECT FROM request_relations AS staying
                  WHERE staying.kind = 'related' AND (staying.from_id = ${to}::uuid OR staying.to_id = ${to}::uuid)
                    AND CASE WHEN going.from_id = ${from}::uuid THEN going.to_id ELSE going.from_id END
                        IN (staying.from_id, staying.to_id))`);
}
