import { z } from 'zod';
import type { Context } from '../context.js';
import type { Transaction } from '../database.js';
import { Conflict, NotFound } from '../errors.js';
import { joinSql, sql } from '../sql.js';
import {
  changedTables,
  erasedRows,
  images,
  parentsPresent,
  unreferenced,
  type ChangedTable,
} from './undo-images.js';
import { isUniqueViolation, unitOfWork } from '../unit-of-work.js';

/** Days for which an action can be taken back. */
export const undoDays = 30;

const undoTimeoutMillis = 10 * 60_000;

export interface UndoableAction {
  readonly id: string;
  /** For instance `import`, `delete`; the undo centre says it in words. */
  readonly kind: string;
  /** Numbers and names for the sentence about it, without contact data. */
  readonly summary: Readonly<Record<string, string | number>>;
  readonly actorId: string;
  /** A record that the rest hangs on: once something else has changed it, nothing of the action is taken back. */
  readonly decisiveRecordId?: string;
}

export interface UndoResult {
  /** Rows brought back to what they were, taken away again, and put back. */
  readonly restored: number;
  readonly removed: number;
  readonly reinserted: number;
  /** Rows left as they are: changed since, something new hangs on them, or the person they were about was erased. */
  readonly conflicts: number;
}

/**
 * Registers an action that can be taken back. Give the same id as `undoableActionId` to every unit of work that belongs
 * to it: the audit rows written under the id are what undo goes by.
 */
export async function registerUndoable(
  tx: Transaction,
  { decisiveRecordId, ...action }: UndoableAction,
  now: Date,
): Promise<void> {
  const undoUntil = new Date(now.getTime() + undoDays * 86_400_000);
  const summary = decisiveRecordId === undefined ? action.summary : { ...action.summary, decisiveRecordId };
  await tx.undoableAction.create({ data: { ...action, summary, createdAt: now, undoUntil } });
}

/**
 * Takes an action back, table by table in the reverse order of its changes: rows it created go, rows it changed or
 * deleted become what they were. A row that was changed since, that others refer to by now, or whose own
 * references are gone, is left and counted.
 * @throws NotFound when there is no such action, Conflict when it was undone already, is too old, the record that it
 * hangs on was changed or erased since, or another one has its name by now.
 */
export async function undoAction(context: Context, actionId: string): Promise<UndoResult> {
  try {
    return await undoAll(context, actionId);
  } catch (error) {
    throw isUniqueViolation(error) ? new Conflict('undo.nameTaken') : error;
  }
}

function undoAll(context: Context, actionId: string): Promise<UndoResult> {
  return unitOfWork(
    context,
    'undo.applied',
    async (tx) => {
      await tx.$executeRaw`SET LOCAL statement_timeout = 0`;
      const decisiveRecordId = await claimAction(tx, actionId, context);
      const tables = await changedTables(tx, actionId);
      if (decisiveRecordId !== undefined) await refuseIfOvertaken(tx, actionId, tables, decisiveRecordId);
      const total = { restored: 0, removed: 0, reinserted: 0, conflicts: 0 };
      for (const table of tables) {
        const result = await undoTable(tx, actionId, table);
        total.restored += result.restored;
        total.removed += result.removed;
        total.reinserted += result.reinserted;
        total.conflicts += result.changed - result.restored - result.removed - result.reinserted;
      }
      await tx.undoableAction.update({ where: { id: actionId }, data: { undoResult: total } });
      return total;
    },
    { restoring: true, timeoutMillis: undoTimeoutMillis },
  );
}

const DecisiveSummary = z.object({ decisiveRecordId: z.uuid().optional() });

/** @returns the record that the action hangs on, if it does on one. */
async function claimAction(tx: Transaction, actionId: string, context: Context): Promise<string | undefined> {
  const action = await tx.undoableAction.findUnique({ where: { id: actionId } });
  if (!action) throw new NotFound('no such action');
  if (action.undoUntil < context.deps.now()) throw new Conflict('undo.tooLate');
  const { count } = await tx.undoableAction.updateMany({
    where: { id: actionId, undoneAt: null },
    data: { undoneAt: context.deps.now(), undoneById: context.actor.id },
  });
  if (count === 0) throw new Conflict('undo.alreadyUndone');
  return DecisiveSummary.parse(action.summary).decisiveRecordId;
}

/** Locks the record that the action hangs on. */
async function refuseIfOvertaken(
  tx: Transaction,
  actionId: string,
  tables: readonly ChangedTable[],
  recordId: string,
): Promise<void> {
  for (const table of tables) {
    const unchanged = await tx.$executeRaw(sql`
      WITH images AS MATERIALIZED (${images(actionId, table)})
      SELECT FROM ${table.name} AS target JOIN images ON target.id = images.record_id::uuid
      WHERE target.id = ${recordId}::uuid AND to_jsonb(target) @> images.after
      FOR UPDATE OF target`);
    if (unchanged > 0) return;
    const erased = await tx.$executeRaw(sql`
      SELECT FROM (${erasedRows(actionId, table)}) AS erased WHERE record_id = ${recordId}`);
    if (erased > 0) throw new Conflict('undo.erased');
  }
  throw new Conflict('undo.overtaken');
}

async function undoTable(tx: Transaction, actionId: string, table: ChangedTable) {
  const isUnreferenced = await unreferenced(tx, table);
  const hasParents = await parentsPresent(tx, table);
  const assignments = joinSql(table.columns.map((column) => sql`${column} = old_row.${column}`));
  const remove = () =>
    tx.$executeRaw(sql`
    WITH images AS MATERIALIZED (${images(actionId, table)})
    DELETE FROM ${table.name} AS target USING images
    WHERE target.id = images.record_id::uuid AND images.before IS NULL AND to_jsonb(target) @> images.after AND ${isUnreferenced}`);
  let removed = await remove();
  // The leaves of a tree go first, and what they hung on is free then.
  for (let more = removed; more > 0 && table.refersToItself; removed += more) more = await remove();
  const restored = await tx.$executeRaw(sql`
    WITH images AS MATERIALIZED (${images(actionId, table)})
    UPDATE ${table.name} AS target SET ${assignments}
    FROM images, LATERAL jsonb_populate_record(NULL::${table.name}, images.before) AS old_row
    WHERE target.id = images.record_id::uuid AND images.before IS NOT NULL AND to_jsonb(target) @> images.after AND ${hasParents}`);
  const reinserted = await tx.$executeRaw(sql`
    WITH images AS MATERIALIZED (${images(actionId, table)})
    INSERT INTO ${table.name} (${joinSql([...table.columns])})
    SELECT ${joinSql(table.columns.map((column) => sql`old_row.${column}`))}
    FROM images, LATERAL jsonb_populate_record(NULL::${table.name}, images.before) AS old_row
    WHERE images.before IS NOT NULL AND images.after IS NULL AND ${hasParents}
    ON CONFLICT DO NOTHING`);
  const [changed] = z.array(z.object({ count: z.number() })).parse(
    await tx.$queryRaw(sql`
      SELECT count(*)::integer AS count FROM (
        SELECT record_id FROM (${images(actionId, table)}) AS images WHERE before IS NOT NULL OR after IS NOT NULL
        UNION ALL ${erasedRows(actionId, table)}) AS changed`),
  );
  return { removed, restored, reinserted, changed: changed?.count ?? 0 };
}
