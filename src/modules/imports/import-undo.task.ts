import { z } from 'zod';
import { TaskFailure, type TaskDefinition } from '../../core/background-tasks.js';
import { Conflict } from '../../core/errors.js';
import { undoAction } from '../../core/undo/undo.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { calculateTiersAfterUndo } from '../tiers/tier-calculation.service.js';
import { ImportPayload } from './import-job.js';
import { importStates } from './import-states.js';

export const undoTaskKind = 'imports.undo';

const Payload = ImportPayload.extend({ actionId: z.uuid(), stateBefore: z.enum(importStates) });

/** Takes back what an import stored: in one transaction, so that a killed undo has done nothing and begins again. */
export const importUndoTask: TaskDefinition = {
  kind: undoTaskKind,
  async step(context, taskId, payload) {
    const { importId, actionId } = Payload.parse(payload);
    try {
      await undoAction(context, actionId);
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      if (error.key !== 'undo.alreadyUndone') throw new TaskFailure(error.key, error.params);
    }
    await calculateTiersAfterUndo(context, actionId);
    await setState(context, importId, taskId, 'undone');
    return { done: 1, total: 1, finished: true };
  },
  async failed(context, taskId, payload) {
    const { importId, stateBefore } = Payload.parse(payload);
    await setState(context, importId, taskId, stateBefore);
  },
};

const setState = (
  context: Parameters<typeof unitOfWork>[0],
  id: string,
  taskId: string,
  state: string,
): Promise<unknown> =>
  unitOfWork(context, 'imports.undone', (tx) =>
    tx.import.updateMany({ where: { id, taskId, state: 'undoing' }, data: { state } }),
  );
