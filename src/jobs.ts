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
import { forgetChoiceChanges } from './core/kept-choices.js';
import { deliverOutbox, outboxQueue } from './core/outbox.js';
import { attachmentExpiryQueue, expireAttachments } from './modules/attachments/attachment-expiry.js';
import { assignmentQueue } from './modules/assignment/assignment-queue.js';
import { workOffQueue } from './modules/assignment/assignment.service.js';
import { bulkChangeTask } from './modules/bulk-changes/bulk-change.task.js';
import { deadlineNoticeQueue, giveDeadlineNotices } from './modules/deadlines/deadline-notices.service.js';
import { recountTask } from './modules/deadlines/recount.task.js';
import { duplicateScanTask } from './modules/duplicates/duplicate-scan.task.js';
import { duplicateScanQueue, startScan } from './modules/duplicates/duplicates.service.js';
import { forgetOldMessages, messageExpiryQueue } from './modules/erasures/message-expiry.js';
import { writeDigests } from './modules/follow-ups/digest.service.js';
import { handoverTask } from './modules/handovers/handover.task.js';
import { importCheckTask } from './modules/imports/import-check.task.js';
import { forgetOldRows, importExpiryQueue } from './modules/imports/import-expiry.js';
import { importRunTask } from './modules/imports/import-run.task.js';
import { importUndoTask } from './modules/imports/import-undo.task.js';
import { forgetNonces, nonceExpiryQueue } from './modules/personal-links/nonce-expiry.js';
import { undoTask } from './modules/recent-actions/undo.task.js';
import { recycleCustomers, recycleQueue } from './modules/public-pool/recycle.service.js';
import { expireSegments } from './modules/segments/segment-expiry.service.js';
import { segmentRefreshTask } from './modules/segments/segment-refresh.task.js';
import { refreshAllSegments, segmentRefreshQueue } from './modules/segments/segments.service.js';
import { dueServicesQueue, planDueServices } from './modules/served-things/due-services.service.js';
import {
  openRecurringRequests,
  recurringQueue,
} from './modules/recurring-requests/open-recurring.service.js';
import {
  planNightlyReturnVisits,
  returnVisitQueue,
} from './modules/return-visits/nightly-return-visits.service.js';
import { forgetDrafts } from './modules/request-drafts/request-drafts.service.js';
import { forgetViewers } from './modules/request-presence/request-presence.service.js';
import { recalculationTask } from './modules/tiers/recalculation.task.js';
import { recalculateTiers, recalculationQueue } from './modules/tiers/tiers.service.js';
import { refreshServiceRhythms, serviceRhythmQueue } from './modules/visit-rhythm/visit-rhythm.service.js';

const digestQueue = 'follow-up-digest';

/** Long work that users watch, by kind. */
export const taskDefinitions: readonly TaskDefinition[] = [
  importCheckTask,
  importRunTask,
  importUndoTask,
  duplicateScanTask,
  recalculationTask,
  recountTask,
  segmentRefreshTask,
  bulkChangeTask,
  handoverTask,
  undoTask,
];

/** Every kind of job; their names are the queues. */
export const jobDefinitions = (deps: Dependencies): readonly JobDefinition[] => [
  {
    name: backgroundTaskQueue,
    run: ({ taskId }) =>
      typeof taskId === 'string' ? runTask(deps, taskDefinitions, taskId) : Promise.resolve(),
  },
  {
    name: deadlineNoticeQueue,
    schedule: '*/5 * * * *',
    run: () => giveDeadlineNotices(deps).then(() => undefined),
  },
  { name: outboxQueue, schedule: '* * * * *', run: () => deliverOutbox(deps) },
  { name: attachmentExpiryQueue, schedule: '50 3 * * *', run: () => expireAttachments(deps) },
  { name: importExpiryQueue, schedule: '40 3 * * *', run: () => forgetOldRows(deps) },
  { name: digestQueue, schedule: '*/10 8-11 * * *', run: () => writeDigests(deps).then(() => undefined) },
  {
    name: duplicateScanQueue,
    schedule: '30 3 * * *',
    run: () => startScan({ deps, actor: { id: null, name: 'system' } }),
  },
  {
    name: dueServicesQueue,
    schedule: '20 0 * * *',
    run: () => planDueServices(deps).then(() => undefined),
  },
  {
    name: recalculationQueue,
    schedule: '10 0 * * *',
    run: () => recalculateTiers({ deps, actor: { id: null, name: 'system' } }, dayOf(deps.now())),
  },
  {
    name: segmentRefreshQueue,
    schedule: '40 4 * * *',
    run: async () => {
      await expireSegments(deps);
      await refreshAllSegments({ deps, actor: { id: null, name: 'system' } });
    },
  },
  { name: assignmentQueue, schedule: '*/5 * * * *', run: () => workOffQueue(deps).then(() => undefined) },
  {
    name: nonceExpiryQueue,
    schedule: '15 2 * * *',
    run: async () => {
      await forgetNonces(deps);
      await forgetChoiceChanges(deps);
      await forgetViewers(deps);
      await forgetDrafts(deps);
    },
  },
  { name: messageExpiryQueue, schedule: '50 3 * * *', run: () => forgetOldMessages(deps) },
  {
    name: returnVisitQueue,
    schedule: '40 0 * * *',
    run: () => planNightlyReturnVisits(deps).then(() => undefined),
  },
  {
    name: recurringQueue,
    schedule: '5 0 * * *',
    run: () => openRecurringRequests(deps).then(() => undefined),
  },
  { name: recycleQueue, schedule: '30 1 * * *', run: () => recycleCustomers(deps) },
  { name: serviceRhythmQueue, schedule: '10 3 * * *', run: () => refreshServiceRhythms(deps) },
];

export const queueNames: readonly string[] = [
  backgroundTaskQueue,
  outboxQueue,
  digestQueue,
  duplicateScanQueue,
  importExpiryQueue,
  messageExpiryQueue,
  nonceExpiryQueue,
  attachmentExpiryQueue,
  dueServicesQueue,
  recalculationQueue,
  segmentRefreshQueue,
  recycleQueue,
  recurringQueue,
  returnVisitQueue,
  serviceRhythmQueue,
  assignmentQueue,
  deadlineNoticeQueue,
];

/** Wakes workers for tasks whose worker died or was never woken. */
export async function sweepTasks(deps: Dependencies): Promise<void> {
  for (const taskId of await abandonedTasks(deps.database)) await wakeTask(deps, taskId);
}
