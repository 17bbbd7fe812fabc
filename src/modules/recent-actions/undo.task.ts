import { z } from 'zod';
import { TaskFailure, type TaskDefinition } from '../../core/background-tasks.js';
import type { Context } from '../../core/context.js';
import { Conflict } from '../../core/errors.js';
import { undoAction } from '../../core/undo/undo.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { addNotification, type NewNotification } from '../notifications/notifications.service.js';
import { afterUndo } from './after-undo.js';

export const undoTaskKind = 'recent-actions.undo';

const Payload = z.object({ actionId: z.uuid(), actionKind: z.string() });

/** Takes back an action of many rows: in one transaction, so that a killed undo has done nothing and begins again. */
export const undoTask: TaskDefinition = {
  kind: undoTaskKind,
  async step(context, _taskId, payload) {
    const { actionId, actionKind } = Payload.parse(payload);
    try {
      const { conflicts, ...done } = await undoAction(context, actionId);
      const count = done.restored + done.removed + done.reinserted;
      await notify(context, { kind: 'undoDone', params: { done: count, count: conflicts } });
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      // Killed between the undo and the end of the task: the undo itself is there.
      if (error.key !== 'undo.alreadyUndone') throw new TaskFailure(error.key, error.params);
    }
    await afterUndo(context, actionId, actionKind);
    return { done: 1, total: 1, finished: true };
  },
  failed: (context) => notify(context, { kind: 'undoFailed', params: {} }),
};

/** Tells whoever asked for it. */
async function notify(
  context: Context,
  notification: Pick<NewNotification, 'kind' | 'params'>,
): Promise<void> {
  const userId = context.actor.id;
  if (userId === null) return;
  await unitOfWork(context, 'undo.reported', (tx) =>
    addNotification(tx, { userId, href: '/recent-actions', ...notification }),
  );
}
