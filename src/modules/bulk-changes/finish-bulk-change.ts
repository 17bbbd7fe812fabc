import type { Context } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { addNotification } from '../notifications/notifications.service.js';
import { actionNamed } from './bulk-actions.js';
import type { BulkPayload } from './bulk-payload.js';
import type { BulkResult } from './bulk-result.js';
import { bulkSubjects } from './bulk-subjects.js';

/**
 * Ends a change within its last unit of work: where nothing was changed there is nothing to undo; whoever started it is
 * told, and so is, once, who got records by it.
 */
export async function finishBulkChange(
  tx: Transaction,
  { actor }: Pick<Context, 'actor'>,
  { subject, action, actionId, value }: BulkPayload,
  { changed }: BulkResult,
  state: 'done' | 'failed',
): Promise<void> {
  if (changed === 0) await tx.undoableAction.deleteMany({ where: { id: actionId, undoneAt: null } });
  const { notifications } = bulkSubjects[subject];
  if (actor.id !== null) {
    await addNotification(tx, {
      userId: actor.id,
      kind: notifications[state],
      params: { count: changed },
      href: `/bulk-changes/${actionId}`,
    });
  }
  const { received } = actionNamed(bulkSubjects[subject], action);
  if (received && value !== '' && value !== actor.id && changed > 0) {
    await addNotification(tx, {
      ...received,
      userId: value,
      params: { actor: actor.name, count: changed },
    });
  }
}
