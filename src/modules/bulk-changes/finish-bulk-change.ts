import type { Context } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { addNotification } from '../notifications/notifications.service.js';
import type { BulkPayload } from './bulk-payload.js';
import type { BulkResult } from './bulk-result.js';

/**
 * Ends a change within its last unit of work: where nothing was changed there is nothing to undo; whoever started it is
 * told, and so is, once, who got customers by it.
 */
export async function finishBulkChange(
  tx: Transaction,
  { actor }: Pick<Context, 'actor'>,
  { action, actionId, value }: BulkPayload,
  { changed }: BulkResult,
  state: 'done' | 'failed',
): Promise<void> {
  if (changed === 0) await tx.undoableAction.deleteMany({ where: { id: actionId, undoneAt: null } });
  if (actor.id !== null) {
    await addNotification(tx, {
      userId: actor.id,
      kind: state === 'done' ? 'bulkChangeDone' : 'bulkChangeFailed',
      params: { count: changed },
      href: `/bulk-changes/${actionId}`,
    });
  }
  if (action === 'transfer' && value !== '' && value !== actor.id && changed > 0) {
    await addNotification(tx, {
      userId: value,
      kind: 'customersReceived',
      params: { actor: actor.name, count: changed },
      href: '/customers?owner=me',
    });
  }
}
