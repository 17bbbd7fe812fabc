import type { ViewerContext } from '../../../core/context.js';
import { Conflict } from '../../../core/errors.js';
import { recordEvent } from '../../../core/events.js';
import { addEmail, outboxQueue } from '../../../core/outbox.js';
import { unitOfWork } from '../../../core/unit-of-work.js';
import { findMessage, type OpenedMessage } from './outbox.queries.js';
import { retriableStates } from './outbox.schemas.js';

/** Writes a message to try out the way to an address, and asks for its delivery. Returns the message's id. */
export async function writeTestMessage(context: ViewerContext, address: string): Promise<string> {
  const { t, deps } = context;
  const message = {
    to: address,
    subject: t('outbox.testSubject'),
    text: t('outbox.testText', { name: context.viewer.name }),
  };
  const id = await unitOfWork(context, 'outbox.test-written', (tx) => addEmail(tx, deps, message));
  await recordEvent(context, { action: 'outbox.test-written', tableName: 'outbox_messages', recordId: id });
  await deps.jobs.wake(outboxQueue);
  return id;
}

/**
 * Asks for the delivery of a message now, whatever its back-off.
 * @throws NotFound, Conflict when it was sent, is being sent, or there is no mail server.
 */
export async function requestDelivery(context: ViewerContext, id: string): Promise<void> {
  const { deps } = context;
  await findMessage(context, id);
  if (!deps.config.smtpUrl) throw new Conflict('outbox.noMailServer');
  await unitOfWork(context, 'outbox.delivery-requested', async (tx) => {
    const count = await tx.$executeRaw`
      UPDATE outbox_messages SET state = 'queued', next_attempt_at = now(), updated_at = now()
      WHERE id = ${id}::uuid AND state = ANY(${[...retriableStates]})`;
    if (count === 0) throw new Conflict('outbox.notRetriable');
  });
  await recordEvent(context, {
    action: 'outbox.delivery-requested',
    tableName: 'outbox_messages',
    recordId: id,
  });
  await deps.jobs.wake(outboxQueue);
}

/**
 * Opens a message that no mail server will carry, so that somebody can pass it on; writes that down first.
 * @throws NotFound, Conflict when the message is not one of those kept for want of a mail server.
 */
export async function readMessage(context: ViewerContext, id: string): Promise<OpenedMessage> {
  const message = await findMessage(context, id);
  if (message.state !== 'kept') throw new Conflict('outbox.notKept');
  await recordEvent(context, { action: 'outbox.message-read', tableName: 'outbox_messages', recordId: id });
  const open = (column: string, sealed: string): string =>
    context.deps.cipher.decrypt(sealed, { table: 'outbox_messages', column, recordId: id });
  return {
    recipient: open('recipient_encrypted', message.recipient_encrypted),
    text: open('body_encrypted', message.body_encrypted),
  };
}
