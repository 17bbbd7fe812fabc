import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { allOf, sql } from '../../core/sql.js';
import { outcomeOf, tableOf } from './bulk-outcome.js';
import { openFilter, type BulkPayload } from './bulk-payload.js';
import type { BulkAction, BulkSubject } from './bulk-subject.js';

const BatchRow = z.object({ id: z.string(), outcome: z.string() });

/** A record of the selection and what becomes of it, as `outcomeOf` tells. */
export type BatchRow = z.infer<typeof BatchRow>;

/**
 * The next records of the selection, in the order of their ids, held until the end of the unit of work. Those that changed
 * after the confirmation are not what was confirmed.
 */
export async function lockBatch(
  tx: Transaction,
  context: ViewerContext,
  { subject, action }: { readonly subject: BulkSubject; readonly action: BulkAction },
  change: BulkPayload,
  cursor: string | null,
): Promise<BatchRow[]> {
  const table = tableOf(subject);
  const conditions = subject.conditions(context, openFilter(context.deps.cipher, change));
  const position = cursor === null ? sql`TRUE` : sql`${table}.id > ${cursor}::uuid`;
  const outcome = outcomeOf(
    await action.rule(tx, context.viewer, change.value, change.reasonEncrypted !== undefined),
  );
  const rows = await tx.$queryRaw(sql`
    SELECT ${table}.id::text, ${outcome} AS outcome FROM ${table}
    WHERE ${allOf(conditions)} AND ${position} AND ${table}.updated_at <= ${change.seenAt}::timestamptz
    ORDER BY ${table}.id LIMIT ${action.batchSize} FOR UPDATE OF ${table}`);
  return BatchRow.array().parse(rows);
}
