import { createTransport } from 'nodemailer';
import { v7 as newId } from 'uuid';
import { z } from 'zod';
import type { Dependencies } from './context.js';
import type { Transaction } from './database.js';
import { maskEmail } from './mask.js';

export const outboxQueue = 'outbox';

const maximumAttempts = 8;
const batchSize = 20;
const leaseSeconds = 120;

export interface OutgoingEmail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Writes an e-mail to the outbox within a unit of work; it leaves after the commit. Returns the message's id. */
export async function addEmail(tx: Transaction, deps: Dependencies, email: OutgoingEmail): Promise<string> {
  const id = newId();
  await tx.outboxMessage.create({
    data: {
      id,
      recipientEncrypted: deps.cipher.encrypt(email.to, place(id, 'recipient_encrypted')),
      recipientMasked: maskEmail(email.to),
      subject: email.subject.replace(/[\r\n]+/g, ' ').slice(0, 500),
      bodyEncrypted: deps.cipher.encrypt(email.text, place(id, 'body_encrypted')),
      state: deps.config.smtpUrl ? 'queued' : 'kept',
    },
  });
  return id;
}

const place = (recordId: string, column: string) => ({ table: 'outbox_messages', column, recordId });

const Message = z.object({
  id: z.string(),
  recipient_encrypted: z.string(),
  body_encrypted: z.string(),
  subject: z.string(),
  attempts: z.number(),
});

/**
 * Sends what is due, a few messages at a time, until nothing is. A message is leased before it is sent, so that two
 * processes never send it twice; after a refusal it waits 1, 2, 4, … minutes, and after eight attempts it stays failed.
 */
export async function deliverOutbox(deps: Dependencies): Promise<void> {
  if (!deps.config.smtpUrl) return;
  const transport = createTransport({
    url: deps.config.smtpUrl,
    connectionTimeout: 10_000,
    socketTimeout: 30_000,
  });
  try {
    for (;;) {
      const messages = await leaseDueMessages(deps);
      if (messages.length === 0) return;
      for (const message of messages) {
        await deliver(deps, message, (email) => transport.sendMail({ from: deps.config.mailFrom, ...email }));
      }
    }
  } finally {
    transport.close();
  }
}

async function leaseDueMessages(deps: Dependencies): Promise<z.infer<typeof Message>[]> {
  const { rows } = await deps.database.pool.query(
    `UPDATE outbox_messages SET state = 'sending', attempts = attempts + 1, updated_at = now(),
            next_attempt_at = now() + make_interval(secs => $1)
     WHERE id IN (SELECT id FROM outbox_messages
                  WHERE state IN ('queued', 'sending') AND next_attempt_at <= now()
                  ORDER BY next_attempt_at LIMIT $2 FOR UPDATE SKIP LOCKED)
     RETURNING id::text, recipient_encrypted, body_encrypted, subject, attempts`,
    [leaseSeconds, batchSize],
  );
  return Message.array().parse(rows);
}

async function deliver(
  deps: Dependencies,
  message: z.infer<typeof Message>,
  send: (email: OutgoingEmail) => Promise<unknown>,
): Promise<void> {
  const { pool } = deps.database;
  try {
    await send({
      to: deps.cipher.decrypt(message.recipient_encrypted, place(message.id, 'recipient_encrypted')),
      text: deps.cipher.decrypt(message.body_encrypted, place(message.id, 'body_encrypted')),
      subject: message.subject,
    });
    await pool.query(
      `UPDATE outbox_messages SET state = 'sent', sent_at = now(), updated_at = now(), last_error = NULL WHERE id = $1`,
      [message.id],
    );
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 500) : 'unknown';
    await pool.query(
      `UPDATE outbox_messages SET state = $2, last_error = $3, updated_at = now(),
              next_attempt_at = now() + make_interval(mins => $4) WHERE id = $1`,
      [
        message.id,
        message.attempts >= maximumAttempts ? 'failed' : 'queued',
        reason,
        2 ** (message.attempts - 1),
      ],
    );
  }
}
