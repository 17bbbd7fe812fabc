import type { ViewerContext } from '../../core/context.js';
import { NotFound } from '../../core/errors.js';
import { undoAction, type UndoResult } from '../../core/undo/undo.js';
import { calculateTiersAfterUndo } from '../tiers/tier-calculation.service.js';

/**
 * Takes back something that the viewer did; tiers follow the purchases that came or went by it.
 * @throws NotFound for what others did, Conflict when it was undone already or too long ago.
 */
export async function undoOwnAction(context: ViewerContext, actionId: string): Promise<UndoResult> {
  const { database } = context.deps;
  const action = await database.models.undoableAction.findUnique({
    where: { id: actionId },
    select: { actorId: true },
  });
  if (action?.actorId !== context.viewer.id) throw new NotFound('no such action of the viewer');
  const result = await undoAction(context, actionId);
  await calculateTiersAfterUndo(context, actionId);
  return result;
}
