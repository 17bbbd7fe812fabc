import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import { InvalidInput } from '../../core/errors.js';
import { registerUndoable } from '../../core/undo/undo.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { assignmentQueue } from '../assignment/assignment-queue.js';
import { passOnRequests } from '../assignment/pass-on-requests.js';
import { addNotification } from '../notifications/notifications.service.js';
import { findAbsence } from './absences.queries.js';
import { findStaff } from './staff-schedules.queries.js';

const passingTimeoutMillis = 60_000;

export interface PassedOn {
  readonly count: number;
  readonly actionId: string;
}

/**
 * Gives the requests of somebody who is absent to their substitute, or puts them back into the queue; the returned
 * action takes it back for those that nobody changed since.
 * @throws NotFound, InvalidInput when the absence has no substitute.
 */
export async function passOn(
  context: ViewerContext,
  absenceId: string,
  choice: 'substitute' | 'queue',
): Promise<PassedOn> {
  const { deps, viewer } = context;
  const { userId, substituteId } = await findAbsence(context, absenceId);
  const { name } = await findStaff(context, userId);
  const toId = choice === 'queue' ? null : substituteId;
  if (choice === 'substitute' && toId === null)
    throw InvalidInput.field('choice', 'staffSchedules.noSubstitute');
  const actionId = newId();
  const count = await unitOfWork(
    context,
    'service-requests.passed-on',
    async (tx) => {
      const from = { id: userId, name };
      const passed = await passOnRequests(tx, { from, toId, byId: viewer.id, now: deps.now() });
      if (passed > 0 && toId !== null && toId !== viewer.id)
        await addNotification(tx, {
          userId: toId,
          kind: 'requestsPassedOn',
          params: { name, count: passed },
          href: '/service-requests',
        });
      const summary = { name, count: passed };
      const action = { id: actionId, kind: 'service-requests.passed-on', summary, actorId: viewer.id };
      await registerUndoable(tx, action, deps.now());
      return passed;
    },
    { undoableActionId: actionId, timeoutMillis: passingTimeoutMillis },
  );
  await deps.jobs.wake(assignmentQueue);
  return { count, actionId };
}
