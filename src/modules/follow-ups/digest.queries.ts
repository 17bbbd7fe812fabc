import { z } from 'zod';
import type { Dependencies } from '../../core/context.js';
import { sql, type Sql } from '../../core/sql.js';
import { customerScopeOf } from '../customers/customers.scope.js';
import { dueOrder } from './due-order.js';
import { worksOnFollowUps } from './follow-up-owners.queries.js';

/** Follow-ups that one e-mail lists; of more it says how many. */
export const mostInDigest = 50;

/** The day of a digest, and the moment before which a follow-up must have been there. */
export interface DigestDay {
  readonly day: string;
  readonly from: Date;
}

const Reader = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  locale: z.string().nullable(),
});

export type DigestReader = z.infer<typeof Reader>;

/** Who has something due, wants to know by e-mail, and has not been written to on this day. */
export function listDigestReaders({ database }: Dependencies, digest: DigestDay): Promise<DigestReader[]> {
  return database.rows(
    sql`
    SELECT users.id::text, users.name, users.email, users.locale FROM users
    WHERE users.email IS NOT NULL AND users.wants_digest AND users.disabled_at IS NULL
      AND ${worksOnFollowUps(sql`users.id`)}
      AND EXISTS (SELECT FROM follow_ups JOIN customers ON customers.id = follow_ups.customer_id
                  WHERE ${isDue(sql`users.id`, digest)})
      AND NOT EXISTS (SELECT FROM notifications
                      WHERE notifications.user_id = users.id AND notifications.created_at > ${digest.from}::timestamptz - interval '1 day'
                        AND kind = 'digestSent' AND params->>'day' = ${digest.day})
    ORDER BY users.id`,
    Reader,
  );
}

const DigestEntry = z.object({
  id: z.string(),
  action: z.string(),
  due_on: z.string(),
  due_minute: z.number().nullable(),
  customer_name: z.string(),
  customer_no: z.string(),
  due_count: z.number(),
  overdue_count: z.number(),
});

export type DigestEntry = z.infer<typeof DigestEntry>;

/** What is due for a user, the oldest first, with how many there are in all. */
export function listDigestEntries(
  { database }: Dependencies,
  userId: string,
  digest: DigestDay,
): Promise<DigestEntry[]> {
  return database.rows(
    sql`
    SELECT follow_ups.id::text, follow_ups.action, follow_ups.due_on, follow_ups.due_minute,
           customers.name AS customer_name, customers.customer_no,
           (count(*) OVER ())::integer AS due_count,
           (count(*) FILTER (WHERE follow_ups.due_on < ${digest.day}::date) OVER ())::integer AS overdue_count
    FROM follow_ups JOIN customers ON customers.id = follow_ups.customer_id
    WHERE ${isDue(sql`${userId}::uuid`, digest)}
    ORDER BY ${dueOrder}, follow_ups.id LIMIT ${mostInDigest}`,
    DigestEntry,
  );
}

const isDue = (userId: Sql, { day, from }: DigestDay): Sql => sql`(
  follow_ups.owner_id = ${userId} AND follow_ups.state = 'open' AND follow_ups.due_on <= ${day}::date
  AND follow_ups.created_at < ${from}::timestamptz
  AND customers.deleted_at IS NULL AND ${customerScopeOf(userId)})`;
