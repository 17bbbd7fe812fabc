import {
  abandonedTasks,
  backgroundTaskQueue,
  runTask,
  wakeTask,
  type TaskDefinition,
} from './core/background-tasks.js';
import type { Dependencies } from './core/context.js';
import type { JobDefinition } from './core/jobs.js';
import { deliverOutbox, outboxQueue } from './core/outbox.js';
import { importCheckTask } from './modules/imports/import-check.task.js';
import { importRunTask } from './modules/imports/import-run.task.js';
import { importUndoTask } from './modules/imports/import-undo.task.js';

/** Long work that users watch, by kind. */
export const taskDefinitions: readonly TaskDefinition[] = [importCheckTask, importRunTask, importUndoTask];

/** Every kind of job; their names are the queues. */
export const jobDefinitions = (deps: Dependencies): readonly JobDefinition[] => [
  {
    name: backgroundTaskQueue,
    run: ({ taskId }) =>
      typeof taskId === 'string' ? runTask(deps, taskDefinitions, taskId) : Promise.resolve(),
  },
  { name: outboxQueue, schedule: '* * * * *', run: () => deliverOutbox(deps) },
];

export const queueNames: readonly string[] = [backgroundTaskQueue, outboxQueue];

/** Wakes workers for tasks whose worker died or was never woken. */
export async function sweepTasks(deps: Dependencies): Promise<void> {
  for (const taskId of await abandonedTasks(deps.database)) await wakeTask(deps, taskId);
}
