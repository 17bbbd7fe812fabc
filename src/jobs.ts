import {
  abandonedTasks,
  backgroundTaskQueue,
  runTask,
  wakeTask,
  type TaskDefinition,
} from './core/background-tasks.js';
import type { Dependencies } from './core/context.js';
import { dayOf } from './core/format.js';
import type { JobDefinition } from './core/jobs.js';
import { deliverOutbox, outboxQueue } from './core/outbox.js';
import { bulkChangeTask } from './modules/bulk-changes/bulk-change.task.js';
import { duplicateScanTask } from './modules/duplicates/duplicate-scan.task.js';
import { duplicateScanQueue, startScan } from './modules/duplicates/duplicates.service.js';
import { writeDigests } from './modules/follow-ups/digest.service.js';
import { importCheckTask } from './modules/imports/import-check.task.js';
import { forgetOldRows, importExpiryQueue } from './modules/imports/import-expiry.js';
import { importRunTask } from './modules/imports/import-run.task.js';
import { importUndoTask } from './modules/imports/import-undo.task.js';
import { recalculationTask } from './modules/tiers/recalculation.task.js';
import { recalculateTiers, recalculationQueue } from './modules/tiers/tiers.service.js';

const digestQueue = 'follow-up-digest';

/** Long work that users watch, by kind. */
export const taskDefinitions: readonly TaskDefinition[] = [
  importCheckTask,
  importRunTask,
  importUndoTask,
  duplicateScanTask,
  recalculationTask,
  bulkChangeTask,
];

/** Every kind of job; their names are the queues. */
export const jobDefinitions = (deps: Dependencies): readonly JobDefinition[] => [
  {
    name: backgroundTaskQueue,
    run: ({ taskId }) =>
      typeof taskId === 'string' ? runTask(deps, taskDefinitions, taskId) : Promise.resolve(),
  },
  { name: outboxQueue, schedule: '* * * * *', run: () => deliverOutbox(deps) },
  { name: importExpiryQueue, schedule: '40 3 * * *', run: () => forgetOldRows(deps) },
  { name: digestQueue, schedule: '*/10 8-11 * * *', run: () => writeDigests(deps).then(() => undefined) },
  {
    name: duplicateScanQueue,
    schedule: '30 3 * * *',
    run: () => startScan({ deps, actor: { id: null, name: 'system' } }),
  },
  {
    name: recalculationQueue,
    schedule: '10 0 * * *',
    run: () => recalculateTiers({ deps, actor: { id: null, name: 'system' } }, dayOf(deps.now())),
  },
];

export const queueNames: readonly string[] = [
  backgroundTaskQueue,
  outboxQueue,
  digestQueue,
  duplicateScanQueue,
  importExpiryQueue,
  recalculationQueue,
];

/** Wakes workers for tasks whose worker died or was never woken. */
export async function sweepTasks(deps: Dependencies): Promise<void> {
  for (const taskId of await abandonedTasks(deps.database)) await wakeTask(deps, taskId);
}
