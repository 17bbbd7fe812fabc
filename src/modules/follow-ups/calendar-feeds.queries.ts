import { z } from 'zod';
import type { Dependencies, ViewerContext } from '../../core/context.js';
import { sql } from '../../core/sql.js';
import { customerScopeOf } from '../customers/customers.scope.js';
import { calendarTokenHash } from './calendar-token.js';
import { dueOrder } from './due-order.js';

/** Entries of a feed; calendars take no more in one go. */
export const mostEntries = 500;

const FeedOwner = z.object({ id: z.string(), name: z.string(), locale: z.string().nullable() });

export type FeedOwner = z.infer<typeof FeedOwner>;

/** Whose calendar a token opens; undefined for a token that is unknown or revoked, and for a disabled user. */
export async function findFeedOwner(
  { database }: Dependencies,
  token: string,
): Promise<FeedOwner | undefined> {
  const [owner] = await database.rows(
    sql`SELECT users.id::text, users.name, users.locale
        FROM calendar_feeds JOIN users ON users.id = calendar_feeds.user_id
        WHERE calendar_feeds.token_hash = ${calendarTokenHash(token)} AND calendar_feeds.revoked_at IS NULL
          AND users.disabled_at IS NULL`,
    FeedOwner,
  );
  return owner;
}

const FeedEntry = z.object({
  id: z.string(),
  action: z.string(),
  due_on: z.string(),
  due_minute: z.number().nullable(),
  version: z.number(),
  updated_at: z.date(),
  customer_name: z.string(),
  customer_no: z.string(),
});

export type FeedEntry = z.infer<typeof FeedEntry>;

/** A user's open follow-ups of customers whom they may see, the most urgent first. */
export function listFeedEntries({ database }: Dependencies, userId: string): Promise<FeedEntry[]> {
  return database.rows(
    sql`
    SELECT follow_ups.id::text, follow_ups.action, follow_ups.due_on, follow_ups.due_minute, follow_ups.version,
           follow_ups.updated_at, customers.name AS customer_name, customers.customer_no
    FROM follow_ups JOIN customers ON customers.id = follow_ups.customer_id
    WHERE follow_ups.owner_id = ${userId}::uuid AND follow_ups.state = 'open'
      AND customers.deleted_at IS NULL AND ${customerScopeOf(sql`${userId}::uuid`)}
    ORDER BY ${dueOrder}, follow_ups.id LIMIT ${mostEntries}`,
    FeedEntry,
  );
}

const Reminders = z.object({
  email: z.string().nullable(),
  wants_digest: z.boolean(),
  feed_since: z.date().nullable(),
});

export type ReminderSettings = z.infer<typeof Reminders>;

/** How the viewer is reminded: by e-mail, and by a calendar since when. */
export async function readReminderSettings({ deps, viewer }: ViewerContext): Promise<ReminderSettings> {
  const [settings] = await deps.database.rows(
    sql`SELECT email, wants_digest,
               (SELECT max(created_at) FROM calendar_feeds WHERE user_id = users.id AND revoked_at IS NULL) AS feed_since
        FROM users WHERE id = ${viewer.id}::uuid`,
    Reminders,
  );
  if (!settings) throw new Error('the viewer is no user');
  return settings;
}
