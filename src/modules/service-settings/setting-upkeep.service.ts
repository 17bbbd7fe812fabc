import { v7 as newId } from 'uuid';
import { z } from 'zod';
import { EditedMeanwhile } from '../../core/conflict.js';
import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { Conflict, NotFound } from '../../core/errors.js';
import { readRows } from '../../core/read-rows.js';
import { reorder, type Direction } from '../../core/reorder.js';
import { emptySql, rawSql, sql, type Sql } from '../../core/sql.js';
import { registerUndoable } from '../../core/undo/undo.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import type { Upkeep, UpkeepChange } from './setting-kind.js';
import { readUsage } from './setting-usage.queries.js';

const Placed = z.object({ id: z.string(), position: z.number() });
const Locked = z.object({ version: z.number(), name: z.string() });

/** Moves a record in use one place up or down among its neighbours. @throws NotFound when it is not in use. */
export async function moveSetting(
  context: ViewerContext,
  { table, isTree, actions }: Upkeep,
  id: string,
  direction: Direction,
): Promise<void> {
  const name = rawSql(table);
  const ofSameParent = isTree
    ? sql`AND parent_id IS NOT DISTINCT FROM (SELECT parent_id FROM ${name} WHERE id = ${id}::uuid)`
    : emptySql;
  await unitOfWork(context, actions.moved, async (tx) => {
    await lockTable(tx, table);
    const neighbours = await readRows(
      tx,
      sql`SELECT id::text, position FROM ${name} WHERE archived_at IS NULL ${ofSameParent} ORDER BY position, name, id`,
      Placed,
    );
    const moved = reorder(neighbours, id, direction);
    if (!moved) throw new NotFound('no such setting in use');
    await tx.$executeRaw(sql`
      UPDATE ${name} SET position = moved.position
      FROM unnest(${moved.map((one) => one.id)}::uuid[], ${moved.map(({ position }) => position)}::integer[])
        AS moved (id, position)
      WHERE ${name}.id = moved.id`);
  });
}

/** Takes a record out of use; what uses it keeps it. @throws NotFound, and what its guard throws. */
export async function archiveSetting(context: ViewerContext, upkeep: Upkeep, id: string): Promise<void> {
  const now = context.deps.now();
  await changeUse(context, upkeep, id, 'archived', sql`archived_at = coalesce(archived_at, ${now})`);
}

/** Brings a record back into use. @throws NotFound, and what its guard throws. */
export async function unarchiveSetting(context: ViewerContext, upkeep: Upkeep, id: string): Promise<void> {
  await changeUse(context, upkeep, id, 'unarchived', sql`archived_at = NULL`);
}

async function changeUse(
  context: ViewerContext,
  upkeep: Upkeep,
  id: string,
  change: UpkeepChange,
  assignment: Sql,
): Promise<void> {
  await unitOfWork(context, upkeep.actions[change], async (tx) => {
    await lockRecord(tx, upkeep, id);
    const statement = sql`UPDATE ${rawSql(upkeep.table)} SET ${assignment} WHERE id = ${id}::uuid`;
    await guarded(tx, context, upkeep, { id, change, statement });
  });
}

/**
 * Deletes a record that nothing uses. The returned action brings it back.
 * @throws NotFound, EditedMeanwhile, Conflict when something uses it, and what its guard throws.
 */
export async function deleteSetting(
  context: ViewerContext,
  upkeep: Upkeep,
  id: string,
  version: number,
): Promise<string> {
  const actionId = newId();
  const kind = upkeep.actions.deleted;
  await unitOfWork(
    context,
    kind,
    async (tx) => {
      const locked = await lockRecord(tx, upkeep, id);
      if (locked.version !== version) throw new EditedMeanwhile();
      const usage = await readUsage(tx, upkeep, id);
      if (usage.length > 0) throw new Conflict('serviceSettings.usedMeanwhile', { name: locked.name });
      const statement = sql`DELETE FROM ${rawSql(upkeep.table)} WHERE id = ${id}::uuid`;
      await guarded(tx, context, upkeep, { id, change: 'deleted', statement });
      const action = { id: actionId, kind, summary: { name: locked.name }, actorId: context.viewer.id };
      await registerUndoable(tx, action, context.deps.now());
    },
    { undoableActionId: actionId },
  );
  return actionId;
}

/** Changes of a whole table, as of its order, come one after the other. */
export async function lockTable(tx: Transaction, table: Upkeep['table']): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${table}))`;
}

/** Locked like this, nothing new can refer to it. @throws NotFound */
async function lockRecord(tx: Transaction, { table }: Upkeep, id: string): Promise<z.infer<typeof Locked>> {
  await lockTable(tx, table);
  const [record] = await readRows(
    tx,
    sql`SELECT version, name FROM ${rawSql(table)} WHERE id = ${id}::uuid FOR UPDATE`,
    Locked,
  );
  if (!record) throw new NotFound('no such setting');
  return record;
}

async function guarded(
  tx: Transaction,
  context: ViewerContext,
  { guard }: Upkeep,
  { id, change, statement }: { id: string; change: UpkeepChange; statement: Sql },
): Promise<void> {
  const apply = async (): Promise<void> => {
    await tx.$executeRaw(statement);
  };
  await (guard ? guard(tx, context, { id, change, apply }) : apply());
}
