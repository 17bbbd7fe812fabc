import { addTask, wakeTask } from '../../core/background-tasks.js';
import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { Conflict, NotFound } from '../../core/errors.js';
import { undoAction, type UndoResult } from '../../core/undo/undo.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { afterUndo } from './after-undo.js';
import { actionSize } from './recent-actions.queries.js';
import { undoTaskKind } from './undo.task.js';

/** Changed rows that a request takes back while the viewer waits; more are taken back in the background. */
export const mostRowsAtOnce = 1_000;

/**
 * Takes back something that the viewer did; tiers follow the purchases that came or went by it.
 * @returns undefined when it goes on in the background.
 * @throws NotFound for what others did, Conflict when it was undone already, is being undone, or is too long ago.
 */
export async function undoOwnAction(
  context: ViewerContext,
  actionId: string,
): Promise<UndoResult | undefined> {
  const { database } = context.deps;
  const action = await database.models.undoableAction.findUnique({
    where: { id: actionId },
    select: { actorId: true, kind: true, undoneAt: true, undoUntil: true },
  });
  if (action?.actorId !== context.viewer.id) throw new NotFound('no such action of the viewer');
  if (action.undoneAt !== null) throw new Conflict('undo.alreadyUndone');
  if (action.undoUntil < context.deps.now()) throw new Conflict('undo.tooLate');
  if ((await actionSize(context, actionId, mostRowsAtOnce)) > mostRowsAtOnce) {
    await wakeTask(context.deps, await addUndoTask(context, actionId, action.kind));
    return undefined;
  }
  const result = await undoAction(context, actionId);
  await afterUndo(context, actionId, action.kind);
  return result;
}

/** @throws Conflict when one is under way. */
function addUndoTask(context: ViewerContext, actionId: string, actionKind: string): Promise<string> {
  return unitOfWork(context, 'undo.started', async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${actionId}))`;
    if (await isUnderWay(tx, actionId)) throw new Conflict('undo.underWay');
    return addTask(tx, {
      kind: undoTaskKind,
      payload: { actionId, actionKind },
      createdById: context.viewer.id,
    });
  });
}

async function isUnderWay(tx: Transaction, actionId: string): Promise<boolean> {
  const count = await tx.backgroundTask.count({
    where: {
      kind: undoTaskKind,
      state: { in: ['queued', 'running'] },
      payload: { path: ['actionId'], equals: actionId },
    },
  });
  return count > 0;
}
