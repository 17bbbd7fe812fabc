import { z } from 'zod';
import type { ViewerContext } from '../../../core/context.js';
import { NotFound } from '../../../core/errors.js';
import { listPage, type ListResult } from '../../../core/lists/list.js';
import type { ListOrder } from '../../../core/lists/page-statement.js';
import { sql, type Sql } from '../../../core/sql.js';
import { containsText } from '../filters.js';
import { outboxStates, type OutboxQuery } from './outbox.schemas.js';

export const defaultOutboxOrder: ListOrder<'createdAt'> = { name: 'createdAt', descending: true };

const MessageRow = z.object({
  recipient_masked: z.string(),
  subject: z.string(),
  state: z.enum(outboxStates),
  attempts: z.number(),
  last_error: z.string().nullable(),
  next_attempt_at: z.date(),
  sent_at: z.date().nullable(),
  created_at: z.date(),
});

export type MessageRow = z.infer<typeof MessageRow>;

const columns = sql`recipient_masked, subject, state, attempts, last_error, next_attempt_at, sent_at, created_at`;

/** One page of the outbox. */
export function listMessages({ deps }: ViewerContext, query: OutboxQuery): Promise<ListResult<MessageRow>> {
  const where: Sql[] = [];
  if (query.state) where.push(sql`outbox_messages.state = ${query.state}`);
  if (query.q) where.push(containsText(sql`outbox_messages.subject`, query.q));
  return listPage(deps.database, {
    select: columns,
    from: sql`outbox_messages`,
    id: sql`outbox_messages.id`,
    where,
    sort: { expression: sql`outbox_messages.created_at`, type: 'timestamptz' },
    descending: (query.sort ?? defaultOutboxOrder).descending,
    cursor: query.after,
    row: MessageRow,
  });
}

const MessageRecord = MessageRow.extend({
  id: z.string(),
  recipient_encrypted: z.string(),
  body_encrypted: z.string(),
});

export type MessageRecord = z.infer<typeof MessageRecord>;

/** A message's recipient and text in clear. */
export interface OpenedMessage {
  readonly recipient: string;
  readonly text: string;
}

/**
 * One message, its recipient and text encrypted.
 * @throws NotFound
 */
export async function findMessage({ deps }: ViewerContext, id: string): Promise<MessageRecord> {
  const [row] = await deps.database.rows(
    sql`SELECT id::text, ${columns}, recipient_encrypted, body_encrypted FROM outbox_messages WHERE id = ${id}::uuid`,
    MessageRecord,
  );
  if (!row) throw new NotFound('no such message');
  return row;
}
