import { v7 as newId } from 'uuid';
import type { Context } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { Conflict } from '../../core/errors.js';
import { applyStep } from '../service-requests/lifecycle.service.js';
import { addEntry, lockRequest, type LockedRequest } from '../service-requests/request-verbs.js';

/** Days after closing within which the customer may open a request again. */
export const reopeningDays = 14;

/** True while the customer may open it again. */
export const mayReopen = (closedAt: Date | null, now: Date): boolean =>
  closedAt !== null && now.getTime() - closedAt.getTime() <= reopeningDays * 86_400_000;

/** Writes down what the customer said on the personal page. @throws Conflict when the request is closed */
export async function addCustomerWord(
  tx: Transaction,
  context: Context,
  requestId: string,
  body: string,
): Promise<void> {
  const request = await lockRequest(tx, requestId);
  if (request.state_category === 'done') throw new Conflict('personalLinks.closedMeanwhile');
  await write(tx, context, request, body);
}

/** Opens a closed request again, with what the customer says about why. @throws Conflict when it is too late for that */
export async function reopenByCustomer(
  tx: Transaction,
  context: Context,
  requestId: string,
  reason: string,
): Promise<void> {
  const request = await lockRequest(tx, requestId);
  const step = await tx.requestTransition.findFirst({
    where: { fromStateId: request.state_id, toState: { category: 'open', archivedAt: null } },
    orderBy: [{ toState: { position: 'asc' } }, { id: 'asc' }],
    select: { toStateId: true },
  });
  if (request.state_category !== 'done' || !step || !mayReopen(request.closed_at, context.deps.now()))
    throw new Conflict('personalLinks.reopeningTooLate');
  await applyStep(tx, context, request, { id: step.toStateId, category: 'open' }, null);
  await write(tx, context, await lockRequest(tx, requestId), reason);
}

const write = (tx: Transaction, context: Context, request: LockedRequest, body: string) =>
  addEntry(tx, context, request, {
    ...{ id: newId(), kind: 'customerWord', body, channel: 'online' },
    happenedAt: context.deps.now(),
  });
