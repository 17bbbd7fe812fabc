import { z } from 'zod';
import { auditExemptTables } from './audit-exempt-tables.js';
import type { Context } from './context.js';
import type { Transaction } from './database.js';
import { Conflict, NotFound } from './errors.js';
import { allOf, joinSql, rawSql, sql, type Sql } from './sql.js';
import { unitOfWork } from './unit-of-work.js';

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
}

export interface UndoResult {
  /** Rows brought back to what they were, taken away again, and put back. */
  readonly restored: number;
  readonly removed: number;
  readonly reinserted: number;
  /** Rows left as they are, because somebody changed them since or something new hangs on them. */
  readonly conflicts: number;
}

/**
 * Registers an action that can be taken back. Give the same id as `undoableActionId` to every unit of work that belongs
 * to it: the audit rows written under the id are what undo goes by.
 */
export async function registerUndoable(tx: Transaction, action: UndoableAction, now: Date): Promise<void> {
  const undoUntil = new Date(now.getTime() + undoDays * 86_400_000);
  await tx.undoableAction.create({ data: { ...action, createdAt: now, undoUntil } });
}

/**
 * Takes an action back, table by table in the reverse order of its changes: rows it created go, rows it changed or
 * deleted become what they were. A row that was changed since, or that others refer to by now, is left and counted.
 * @throws NotFound when there is no such action, Conflict when it was undone already or is too old.
 */
export async function undoAction(context: Context, actionId: string): Promise<UndoResult> {
  return unitOfWork(
    context,
    'undo.applied',
    async (tx) => {
      await tx.$executeRaw`SET LOCAL statement_timeout = 0`;
      await claimAction(tx, actionId, context);
      const total = { restored: 0, removed: 0, reinserted: 0, conflicts: 0 };
      for (const table of await changedTables(tx, actionId)) {
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

async function claimAction(tx: Transaction, actionId: string, context: Context): Promise<void> {
  const action = await tx.undoableAction.findUnique({ where: { id: actionId } });
  if (!action) throw new NotFound('no such action');
  if (action.undoUntil < context.deps.now()) throw new Conflict('undo.tooLate');
  const { count } = await tx.undoableAction.updateMany({
    where: { id: actionId, undoneAt: null },
    data: { undoneAt: context.deps.now(), undoneById: context.actor.id },
  });
  if (count === 0) throw new Conflict('undo.alreadyUndone');
}

interface Table {
  readonly name: Sql;
  readonly columns: readonly Sql[];
}

/** Tables that the action changed, the one changed last first. Names come from the catalogue, not from the log. */
async function changedTables(tx: Transaction, actionId: string): Promise<Table[]> {
  const rows = z.array(z.object({ name: z.string(), columns: z.array(z.string()) })).parse(
    await tx.$queryRaw`
      SELECT quote_ident(changed.table_name) AS name,
             array_agg(quote_ident(attname)::text ORDER BY attnum) AS columns
      FROM (SELECT table_name, max(id) AS last_id FROM audit_log
            WHERE undoable_action_id = ${actionId}::uuid AND operation <> 'event' GROUP BY table_name) AS changed
      JOIN pg_class ON pg_class.relname = changed.table_name AND pg_class.relnamespace = 'public'::regnamespace
      JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
      GROUP BY changed.table_name, last_id ORDER BY last_id DESC`,
  );
  return rows.map(({ name, columns }) => ({
    name: rawSql(name),
    columns: columns.map((column) => rawSql(column)),
  }));
}

/** Net effect of the action on each row of a table: the image before its first change and after its last one. */
const images = (actionId: string, table: Table): Sql => sql`
  SELECT record_id,
         (array_agg(before ORDER BY id))[1] AS before,
         (array_agg(after ORDER BY id DESC))[1] AS after
  FROM audit_log
  WHERE undoable_action_id = ${actionId}::uuid AND quote_ident(table_name) = ${table.name.text} AND operation <> 'event'
  GROUP BY record_id`;

async function undoTable(tx: Transaction, actionId: string, table: Table) {
  const referrers = await referringRows(tx, table);
  const assignments = joinSql(table.columns.map((column) => sql`${column} = old_row.${column}`));
  const removed = await tx.$executeRaw(sql`
    WITH images AS MATERIALIZED (${images(actionId, table)})
    DELETE FROM ${table.name} AS target USING images
    WHERE target.id = images.record_id::uuid AND images.before IS NULL AND to_jsonb(target) @> images.after AND ${referrers}`);
  const restored = await tx.$executeRaw(sql`
    WITH images AS MATERIALIZED (${images(actionId, table)})
    UPDATE ${table.name} AS target SET ${assignments}
    FROM images, LATERAL jsonb_populate_record(NULL::${table.name}, images.before) AS old_row
    WHERE target.id = images.record_id::uuid AND images.before IS NOT NULL AND to_jsonb(target) @> images.after`);
  const reinserted = await tx.$executeRaw(sql`
    WITH images AS MATERIALIZED (${images(actionId, table)})
    INSERT INTO ${table.name} (${joinSql([...table.columns])})
    SELECT ${joinSql(table.columns.map((column) => sql`old_row.${column}`))}
    FROM images, LATERAL jsonb_populate_record(NULL::${table.name}, images.before) AS old_row
    WHERE images.before IS NOT NULL AND images.after IS NULL
    ON CONFLICT DO NOTHING`);
  const [changed] = z.array(z.object({ count: z.number() })).parse(
    await tx.$queryRaw(sql`SELECT count(*)::integer AS count FROM (${images(actionId, table)}) AS images
                             WHERE before IS NOT NULL OR after IS NOT NULL`),
  );
  return { removed, restored, reinserted, changed: changed?.count ?? 0 };
}

/** True for rows that nothing refers to, rollups and other unaudited tables left aside: they go with their row. */
async function referringRows(tx: Transaction, table: Table): Promise<Sql> {
  const rows = z.array(z.object({ source: z.string(), column: z.string() })).parse(
    await tx.$queryRaw`
      SELECT conrelid::regclass::text AS source, quote_ident(attname) AS column
      FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
      WHERE contype = 'f' AND confrelid = ${table.name.text}::regclass AND cardinality(conkey) = 1`,
  );
  const audited = rows.filter(({ source }) => !Object.hasOwn(auditExemptTables, source));
  return allOf(
    audited.map(
      ({ source, column }) =>
        sql`NOT EXISTS (SELECT FROM ${rawSql(source)} AS referring WHERE referring.${rawSql(column)} = target.id)`,
    ),
  );
}
