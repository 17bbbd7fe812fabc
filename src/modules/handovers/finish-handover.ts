import type { Context } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { addNotification } from '../notifications/notifications.service.js';
import type { HandoverPayload, HandoverResult } from './handover-result.js';

/**
 * Ends a handover within its last unit of work: where nothing moved there is nothing to undo; whoever started it is told,
 * and so is, once, everybody who got customers by it.
 */
export async function finishHandover(
  tx: Transaction,
  { actor }: Pick<Context, 'actor'>,
  { actionId }: HandoverPayload,
  result: HandoverResult,
  state: 'done' | 'failed',
): Promise<void> {
  const { moved, followUps, collaborations, received } = result;
  if (moved + followUps + collaborations === 0) {
    await tx.undoableAction.deleteMany({ where: { id: actionId, undoneAt: null } });
  }
  if (actor.id !== null) {
    await addNotification(tx, {
      userId: actor.id,
      kind: state === 'done' ? 'handoverDone' : 'handoverFailed',
      params: { count: moved },
      href: `/handovers/${actionId}`,
    });
  }
  for (const [userId, count] of Object.entries(received)) {
    if (userId === actor.id) continue;
    await addNotification(tx, {
      userId,
      kind: 'customersReceived',
      params: { actor: actor.name, count },
      href: '/customers?owner=me',
    });
  }
}
