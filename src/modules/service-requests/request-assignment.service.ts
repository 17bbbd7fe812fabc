import type { ViewerContext } from '../../core/context.js';
import { Conflict, Forbidden } from '../../core/errors.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { assignmentQueue } from '../assignment/assignment-queue.js';
import { assignByHand, releaseRequest, takeRequest } from '../assignment/assignment-steps.js';
import { requireWorker } from '../assignment/require-worker.js';
import { findRequest } from './service-requests.queries.js';
import { settleRequest } from './settle-request.js';

/**
 * The viewer takes a request that nobody has; of any number who try at once one gets it.
 * @throws NotFound, Forbidden, Conflict when somebody has it by now
 */
export async function takeOver(context: ViewerContext, id: string): Promise<void> {
  const request = await findRequest(context, id);
  if (!request.can_work) throw new Forbidden('service-requests:work');
  const { deps, viewer } = context;
  await unitOfWork(context, 'service-requests.taken', async (tx) => {
    if (!(await takeRequest(tx, { requestId: id, userId: viewer.id, now: deps.now() })))
      throw new Conflict('serviceRequests.takenMeanwhile');
    await settleRequest(tx, context, id);
  });
}

/**
 * Gives a request to somebody, or back to nobody; then whoever can take it gets it by itself. Giving back what is one's own
 * takes no more than working it.
 * @throws NotFound, Forbidden, InvalidInput when there is no such person or they may not work requests,
 * Conflict when it is done
 */
export async function assignTo(context: ViewerContext, id: string, assigneeId: string | null): Promise<void> {
  const request = await findRequest(context, id);
  const { deps, viewer } = context;
  const givesBack = assigneeId === null && request.assignee?.id === viewer.id;
  if (!request.can_assign && !(givesBack && request.can_work)) throw new Forbidden('service-requests:assign');
  if (request.state.category === 'done') throw new Conflict('serviceRequests.isDone');
  if (assigneeId === (request.assignee?.id ?? null)) return;
  const step = { requestId: id, now: deps.now() };
  await unitOfWork(
    context,
    `service-requests.${assigneeId === null ? 'released' : 'assigned'}`,
    async (tx) => {
      if (assigneeId === null) await releaseRequest(tx, { ...step, userId: viewer.id });
      else {
        await requireWorker(tx, assigneeId);
        await assignByHand(tx, { ...step, assigneeId, assignedById: viewer.id });
      }
    },
  );
  await deps.jobs.wake(assignmentQueue, {});
}
