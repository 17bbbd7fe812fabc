import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { sql } from '../../core/sql.js';

export const timelinePageSize = 30;

const TimelineRow = z.object({
  kind: z.enum(['purchase', 'change']),
  at: z.date(),
  id: z.string(),
  title: z.string(),
  amount: z.string().nullable(),
  quantity: z.number().nullable(),
  actor_name: z.string().nullable(),
  changed_columns: z.array(z.string()).nullable(),
});

export type TimelineRow = z.infer<typeof TimelineRow>;

/**
 * What happened with a customer before a moment, latest first: purchases and changes of the record, one more than a page
 * so that the caller knows whether there is more. Each part reads its own index backwards and stops early.
 */
export function readTimeline(
  context: ViewerContext,
  customerId: string,
  before: Date | undefined,
): Promise<TimelineRow[]> {
  const limit = timelinePageSize + 1;
  const end = before ?? new Date(8.64e15 / 1_000);
  return context.deps.database.rows(
    sql`
    SELECT * FROM (
      (SELECT 'purchase' AS kind, purchased_on::timestamp AT TIME ZONE 'UTC' AS at, id::text, coalesce(item, '') AS title,
              amount, quantity, NULL AS actor_name, NULL::text[] AS changed_columns
       FROM purchases
       WHERE customer_id = ${customerId}::uuid AND purchased_on < (${end}::timestamptz AT TIME ZONE 'UTC')
       ORDER BY purchased_on DESC, id DESC LIMIT ${limit})
      UNION ALL
      (SELECT 'change', at, id::text, action, NULL, NULL, actor_name,
              ARRAY(SELECT key FROM jsonb_each(after) WHERE before -> key IS DISTINCT FROM value ORDER BY key)
       FROM audit_log
       WHERE table_name = 'customers' AND record_id = ${customerId} AND operation <> 'event' AND at < ${end}::timestamptz
       ORDER BY id DESC LIMIT ${limit})
    ) AS happened
    ORDER BY at DESC, id DESC LIMIT ${limit}`,
    TimelineRow,
  );
}
