import { v7 as newId } from 'uuid';
import { addTask, wakeTask } from '../../core/background-tasks.js';
import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { Conflict, Forbidden } from '../../core/errors.js';
import { registerUndoable } from '../../core/undo/undo.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { can } from '../../core/viewer.js';
import { skipUsedNumbers } from '../customers/customer-numbers.js';
import { runTaskKind } from './import-run.task.js';
import { canBeRun, canBeUndone } from './import-states.js';
import { undoTaskKind } from './import-undo.task.js';
import type { ImportRecord } from './imports.queries.js';
import { rowsToStore } from './imports.queries.js';
import { importTargets } from './targets/import-targets.js';

const startTimeoutMillis = 30_000;

/**
 * Starts storing what the check planned, or goes on where it failed.
 * @throws Conflict when the import is not ready, has nothing to store, or was changed meanwhile; Forbidden without the
 * permission to create such records.
 */
export async function startRun(context: ViewerContext, record: ImportRecord, version: number): Promise<void> {
  const { permission } = importTargets[record.target];
  if (!can(context.viewer, permission)) throw new Forbidden(permission);
  if (!canBeRun(record.state, record.undoable_action_id !== null)) throw new Conflict('imports.notNow');
  if (!record.has_rows) throw new Conflict('imports.forgotten');
  if (rowsToStore(record) === 0) throw new Conflict('imports.nothingToStore');
  const taskId = await unitOfWork(
    context,
    'imports.started',
    async (tx) => {
      const payload = { importId: record.id };
      const total = record.row_count;
      const id = await addTask(tx, { kind: runTaskKind, payload, createdById: context.viewer.id, total });
      const actionId = record.undoable_action_id ?? (await registerRun(context, tx, record));
      const count = await tx.$executeRaw`
      UPDATE imports SET state = 'running', task_id = ${id}::uuid, undoable_action_id = ${actionId}::uuid,
             started_at = coalesce(started_at, now())
      WHERE id = ${record.id}::uuid AND version = ${version} AND state = ${record.state}`;
      if (count === 0) throw new Conflict('errors.changedMeanwhile');
      await reserveNumbers(tx, record.id);
      return id;
    },
    { timeoutMillis: startTimeoutMillis },
  );
  await wakeTask(context.deps, taskId);
}

async function registerRun(context: ViewerContext, tx: Transaction, record: ImportRecord): Promise<string> {
  const id = newId();
  const summary = {
    fileName: record.file_name,
    created: record.created_count,
    updated: record.updated_count,
  };
  await registerUndoable(
    tx,
    { id, kind: 'imports.run', summary, actorId: context.viewer.id },
    context.deps.now(),
  );
  return id;
}

/** Numbers drawn from here on are none that the file brings or that are in use. */
async function reserveNumbers(tx: Transaction, importId: string): Promise<void> {
  await skipUsedNumbers(tx);
  await tx.$queryRaw`
    SELECT setval('customer_numbers', greatest(
      (SELECT last_value FROM customer_numbers),
      (SELECT max(substr(key, 4)::bigint) FROM import_keys
       WHERE import_id = ${importId}::uuid AND key ~ '^n:C[0-9]{1,9}$')))`;
}

/**
 * Stops a run after the rows under way; what is stored stays and can be undone.
 * @throws Conflict when it is not running.
 */
export async function cancelRun(context: ViewerContext, record: ImportRecord): Promise<void> {
  await unitOfWork(context, 'imports.cancelled', async (tx) => {
    const { count } = await tx.import.updateMany({
      where: { id: record.id, state: 'running' },
      data: { state: 'cancelling' },
    });
    if (count === 0) throw new Conflict('imports.notNow');
  });
}

/**
 * Starts taking back what an import stored.
 * @throws Conflict when it stored nothing, is under way, was undone already or is too old.
 */
export async function startUndo(
  context: ViewerContext,
  record: ImportRecord,
  version: number,
): Promise<void> {
  const actionId = record.undoable_action_id;
  if (actionId === null || !canBeUndone(record.state, true)) throw new Conflict('imports.notNow');
  if (record.undo_until && record.undo_until < context.deps.now()) throw new Conflict('undo.tooLate');
  const taskId = await unitOfWork(context, 'imports.undo-started', async (tx) => {
    const payload = { importId: record.id, actionId, stateBefore: record.state };
    const id = await addTask(tx, { kind: undoTaskKind, payload, createdById: context.viewer.id });
    const { count } = await tx.import.updateMany({
      where: { id: record.id, version, state: record.state },
      data: { state: 'undoing', taskId: id },
    });
    if (count === 0) throw new Conflict('errors.changedMeanwhile');
    return id;
  });
  await wakeTask(context.deps, taskId);
}
