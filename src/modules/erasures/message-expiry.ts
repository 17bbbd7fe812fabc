import type { Dependencies } from '../../core/context.js';

export const messageExpiryQueue = 'message-expiry';

/** Days after which a message is emptied: digests name customers, and nobody sends anything that late. */
export const messageDays = 30;

/**
 * Empties messages that left, were given up or were kept so long ago. That there was a message, when and with which
 * subject stays; to whom, as a mask.
 */
export async function forgetOldMessages({
  database,
  now,
}: Pick<Dependencies, 'database' | 'now'>): Promise<void> {
  await database.pool.query(
    `UPDATE outbox_messages
     SET recipient_encrypted = '', body_encrypted = '', updated_at = now(),
         state = CASE state WHEN 'sent' THEN 'sent' ELSE 'expired' END
     WHERE created_at < $1 AND state IN ('sent', 'failed', 'kept') AND body_encrypted <> ''`,
    [new Date(now().getTime() - messageDays * 86_400_000)],
  );
}
