import { addTask, wakeTask } from '../../core/background-tasks.js';
import type { Context, ViewerContext } from '../../core/context.js';
import { Conflict } from '../../core/errors.js';
import { unitOfWork, type AuditAction } from '../../core/unit-of-work.js';
import { scanSteps, scanTaskKind } from './duplicate-scan.task.js';
import { findPair } from './duplicates.queries.js';
import type { PairState } from './duplicates.schemas.js';
import { recordEventWithin } from '../../core/events.js';

export const duplicateScanQueue = 'duplicate-scan';

/** Starts a search for duplicates among all customers, unless one is under way. */
export async function startScan(context: Pick<Context, 'deps' | 'actor'>): Promise<void> {
  const taskId = await unitOfWork(context, 'duplicates.scan-started', async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${scanTaskKind}))`;
    const underWay = { kind: scanTaskKind, state: { in: ['queued', 'running'] } };
    if ((await tx.backgroundTask.count({ where: underWay })) > 0) return undefined;
    return addTask(tx, {
      kind: scanTaskKind,
      payload: {},
      createdById: context.actor.id,
      total: scanSteps.length,
    });
  });
  if (taskId !== undefined) await wakeTask(context.deps, taskId);
}

/**
 * Says that the two are not one person; later scans leave the pair alone.
 * @throws NotFound, Conflict when it is not open any more.
 */
export function dismissPair(context: ViewerContext, id: string): Promise<void> {
  return decide(context, id, { from: 'open', to: 'dismissed', action: 'duplicates.dismissed' });
}

/**
 * Puts a dismissed pair back into the queue.
 * @throws NotFound, Conflict when it is not dismissed any more.
 */
export function reopenPair(context: ViewerContext, id: string): Promise<void> {
  return decide(context, id, { from: 'dismissed', to: 'open', action: 'duplicates.reopened' });
}

interface Decision {
  readonly from: PairState;
  readonly to: PairState;
  readonly action: AuditAction;
}

/** Pairs are not under audit, because scans write them by the thousand; so a decision leaves an event. */
async function decide(context: ViewerContext, id: string, { from, to, action }: Decision): Promise<void> {
  const pair = await findPair(context, id);
  await unitOfWork(context, action, async (tx) => {
    const { count } = await tx.duplicatePair.updateMany({
      where: { id, state: from },
      data: {
        state: to,
        decidedById: to === 'dismissed' ? context.viewer.id : null,
        version: { increment: 1 },
        updatedAt: context.deps.now(),
      },
    });
    if (count === 0) throw new Conflict('errors.changedMeanwhile');
    await recordEventWithin(tx, context.actor, {
      action,
      tableName: 'customers',
      recordId: pair.first_id,
      details: { customerNo: pair.second_no },
    });
  });
}
