import { addTask } from '../../core/background-tasks.js';
import type { Context } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { recountTaskKind } from './recount-kind.js';

/** Has all open requests counted anew, after the rules changed in this unit of work. Wake the task after the commit. */
export async function addRecount(tx: Transaction, { actor }: Pick<Context, 'actor'>): Promise<string> {
  const total = await tx.serviceRequest.count({
    where: { deletedAt: null, stateCategory: { not: 'done' }, sourceNo: null },
  });
  return addTask(tx, { kind: recountTaskKind, payload: {}, createdById: actor.id, total });
}
