import { z } from 'zod';
import { effectiveTierId } from '../tiers/effective-tier.js';
import { rawSql, sql, type Sql } from '../../core/sql.js';

export const handoverSplits = ['one', 'evenly', 'branch', 'tier', 'pool'] as const;

export type HandoverSplit = (typeof handoverSplits)[number];

/** Stands for customers without branch or tier. */
export const withoutKey = 'none';

/** Who gets what of somebody who leaves. */
export const HandoverPlan = z.object({
  fromId: z.string(),
  split: z.enum(handoverSplits),
  /** Everybody who gets something, in the order in which they take turns. */
  receiverIds: z.array(z.string()),
  /** Receivers by branch or tier; customers of others stay where they are. */
  receiverByKey: z.record(z.string(), z.string()),
  withFollowUps: z.boolean(),
  withCollaborations: z.boolean(),
});

export type HandoverPlan = z.infer<typeof HandoverPlan>;

/**
 * The receiver of each customer whom the leaver owns, in the order of ids: `id`, `receiver_id` (null where there is none)
 * and `is_binned`. Preview and run ask the same statement, so that they say the same. The recycle bin goes along, so that
 * nobody comes back to somebody who left; those merged into others, or erased, come back to nobody.
 * @param after only customers after this id.
 * @param taken how many were given away before, so that turns go on where they were.
 */
export function assignedCustomers(
  plan: HandoverPlan,
  today: string,
  after: string | null,
  taken: number,
): Sql {
  const position = after === null ? sql`TRUE` : sql`customers.id > ${after}::uuid`;
  const place = sql`(row_number() OVER (ORDER BY customers.id) + ${taken}::bigint - 1)`;
  return sql`
    SELECT customers.id, ${receiver(plan, today, place)} AS receiver_id, customers.deleted_at IS NOT NULL AS is_binned
    FROM customers WHERE ${isOwnedBy(plan.fromId)} AND ${position}`;
}

/** Each of the two parts has its index. */
const isOwnedBy = (ownerId: string): Sql => sql`(
  (customers.owner_id = ${ownerId}::uuid AND customers.deleted_at IS NULL)
  OR (customers.owner_id = ${ownerId}::uuid AND customers.deleted_at IS NOT NULL
      AND customers.merged_into_id IS NULL AND customers.erased_at IS NULL))`;

function receiver({ split, receiverIds, receiverByKey }: HandoverPlan, today: string, place: Sql): Sql {
  const byKey = (key: Sql): Sql =>
    sql`(${JSON.stringify(receiverByKey)}::jsonb->>coalesce(${key}::text, ${withoutKey}))::uuid`;
  switch (split) {
    case 'one':
    case 'evenly':
      return sql`(${[...receiverIds]}::uuid[])[${place} % ${receiverIds.length}::bigint + 1]`;
    case 'branch':
      return byKey(sql`customers.branch_id`);
    case 'tier':
      return byKey(
        sql`(SELECT ${effectiveTierId(today)} FROM customer_tiers WHERE customer_tiers.id = customers.id)`,
      );
    case 'pool':
      return rawSql('NULL::uuid');
  }
}

/** True for customers who go somewhere. */
export const isAssigned = ({ split }: HandoverPlan): Sql =>
  split === 'pool' ? sql`TRUE` : sql`assigned.receiver_id IS NOT NULL`;
