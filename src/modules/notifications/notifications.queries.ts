import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { sql, type Sql } from '../../core/sql.js';
import { customerScope } from '../customers/customers.scope.js';

export const notificationsPerPage = 50;

/** The number on the bell stops here. */
export const bellCap = 99;

/** How many notifications a user has not read, up to the cap and one: a piece of a larger statement. */
export const unreadCount = (userId: Sql): Sql => sql`
  (SELECT count(*)::integer FROM (SELECT FROM notifications
     WHERE notifications.user_id = ${userId} AND notifications.read_at IS NULL LIMIT ${bellCap + 1}) AS unread)`;

const NotificationRow = z.object({
  id: z.string(),
  kind: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  read_at: z.date().nullable(),
  created_at: z.date(),
  /** The customer that it is about, as long as the viewer may see them. */
  customer_name: z.string().nullable(),
});

export type NotificationRow = z.infer<typeof NotificationRow>;

/** The viewer's notifications before a moment, latest first; one more than a page, to tell whether there is more. */
export function listNotifications(
  { deps, viewer }: ViewerContext,
  before: Date | undefined,
): Promise<NotificationRow[]> {
  return deps.database.preparedRows(
    sql`
    SELECT notifications.id::text, notifications.kind, notifications.params, notifications.read_at,
           notifications.created_at, customers.name AS customer_name
    FROM notifications
    LEFT JOIN customers ON customers.id = (notifications.params->>'customerId')::uuid
      AND customers.deleted_at IS NULL AND ${customerScope(viewer)}
    WHERE notifications.user_id = ${viewer.id}::uuid
      AND notifications.created_at < ${before ?? new Date(8.64e15 / 1_000)}::timestamptz
    ORDER BY notifications.created_at DESC LIMIT ${notificationsPerPage + 1}`,
    NotificationRow,
  );
}
