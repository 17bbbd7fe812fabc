import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { NotFound } from '../../core/errors.js';
import { listPage, type ListResult } from '../../core/lists/list.js';
import type { ListOrder } from '../../core/lists/page-statement.js';
import { sql } from '../../core/sql.js';
import { customerMatches } from '../customers/customer-search.js';
import { customerScope } from '../customers/customers.scope.js';
import { persons, things } from './persons.js';
import { erasureReasons } from './erasure-reasons.js';
import type { ErasureListQuery } from './erasures.schemas.js';

const ErasablePerson = z.object({
  id: z.string(),
  customer_no: z.string(),
  name: z.string(),
  is_deleted: z.boolean(),
  merged_count: z.number(),
  contact_count: z.number(),
  attachment_count: z.number(),
  contact_record_count: z.number(),
  follow_up_count: z.number(),
  thing_count: z.number(),
  purchase_count: z.number(),
});

/** A person who can be erased, with what there is of them in numbers. */
export type ErasablePerson = z.infer<typeof ErasablePerson>;

/** @throws NotFound outside the viewer's scope, once they are erased, and for those who were merged into somebody. */
export async function findErasable({ deps, viewer }: ViewerContext, id: string): Promise<ErasablePerson> {
  const [person] = await deps.database.rows(
    sql`
    SELECT customers.id::text, customers.customer_no, customers.name, customers.deleted_at IS NOT NULL AS is_deleted,
           (SELECT count(*)::integer FROM customers AS merged WHERE merged.merged_into_id = customers.id) AS merged_count,
           (SELECT sum(num_nonnulls(each.phone_hash, each.email_hash, each.wechat_hash, each.address_encrypted))::integer
            FROM customers AS each WHERE each.id IN ${persons(id)})
             + (SELECT count(*)::integer FROM customer_contact_points WHERE customer_id IN ${persons(id)})
             + (SELECT count(*)::integer FROM customer_contacts WHERE customer_id IN ${persons(id)}) AS contact_count,
           (SELECT count(*)::integer FROM attachments WHERE customer_id IN ${persons(id)}) AS attachment_count,
           (SELECT count(*)::integer FROM contact_records WHERE customer_id IN ${persons(id)}) AS contact_record_count,
           (SELECT count(*)::integer FROM follow_ups WHERE customer_id IN ${persons(id)}) AS follow_up_count,
           (SELECT count(*)::integer FROM served_things WHERE id IN ${things(id)}) AS thing_count,
           (SELECT count(*)::integer FROM purchases WHERE customer_id IN ${persons(id)}) AS purchase_count
    FROM customers
    WHERE customers.id = ${id}::uuid AND customers.erased_at IS NULL AND customers.merged_into_id IS NULL
      AND ${customerScope(viewer)}`,
    ErasablePerson,
  );
  if (!person) throw new NotFound('no such person in scope');
  return person;
}

const Erasure = z.object({
  customer_no: z.string(),
  erased_at: z.date(),
  erased_by: z.string().nullable(),
  reason: z.enum(erasureReasons).nullable(),
  entries: z.number().nullable(),
});

/** One person who was erased; who did it and why stands in the log. */
export type Erasure = z.infer<typeof Erasure>;

export const defaultErasureOrder: ListOrder<'erasedAt'> = { name: 'erasedAt', descending: true };

/** One page of the people who were erased. */
export function listErasures(
  { deps, viewer }: ViewerContext,
  query: ErasureListQuery,
): Promise<ListResult<Erasure>> {
  return listPage(deps.database, {
    select: sql`customers.customer_no, customers.erased_at, event.actor_name AS erased_by,
                event.after->>'erasureReason' AS reason, (event.after->>'count')::integer AS entries`,
    from: sql`customers LEFT JOIN LATERAL (
                SELECT actor_name, after FROM audit_log
                WHERE table_name = 'customers' AND record_id = customers.id::text
                  AND operation = 'event' AND action = 'customers.erased'
                ORDER BY audit_log.id DESC LIMIT 1) AS event ON TRUE`,
    countFrom: sql`customers`,
    id: sql`customers.id`,
    where: [
      sql`customers.erased_at IS NOT NULL`,
      sql`customers.merged_into_id IS NULL`,
      customerScope(viewer),
      ...(query.q ? [customerMatches(deps.cipher, query.q)] : []),
    ],
    sort: { expression: sql`customers.erased_at`, type: 'timestamptz' },
    descending: (query.sort ?? defaultErasureOrder).descending,
    cursor: query.after,
    row: Erasure,
  });
}
