import { z } from 'zod';
import type { Context } from '../../core/context.js';
import { sql } from '../../core/sql.js';
import { personalTokenHash } from './personal-token.js';

/** Requests that the page shows: those that go on, then the latest. */
const mostRequests = 20;
/** Things and categories to choose from. */
const mostChoices = 100;

const Named = z.object({ id: z.string(), name: z.string() });

const CustomerPage = z.object({
  link_id: z.string(),
  customer_id: z.string(),
  requests: z.array(
    z.object({
      number: z.string(),
      subject: z.string(),
      category: z.enum(['open', 'waiting', 'done']),
      isInitial: z.boolean(),
      isCancelled: z.boolean(),
      receivedAt: z.coerce.date(),
      nextDueAt: z.coerce.date().nullable(),
    }),
  ),
  types: z.array(Named.extend({ shippedKey: z.string().nullable() })),
  categories: z.array(Named),
  things: z.array(Named),
});

/** What a customer sees of themselves: their requests, and what a new one can be about. */
export type CustomerPage = z.infer<typeof CustomerPage>;

/** The customer behind a link; undefined when it is unknown, expired or revoked, or the customer is gone. */
export async function findCustomerPage(
  { deps }: Pick<Context, 'deps'>,
  token: string,
): Promise<CustomerPage | undefined> {
  const [found] = await deps.database.preparedRows(
    sql`
    SELECT personal_links.id::text AS link_id, customers.id::text AS customer_id,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('number', request_no, 'subject', subject,
                'category', state_category, 'isInitial', is_initial, 'isCancelled', is_cancelled,
                'receivedAt', received_at, 'nextDueAt', next_due_at)
              ORDER BY state_category = 'done', received_at DESC), '[]')
       FROM (SELECT request_no, subject, state_category, request_states.is_initial, received_at, next_due_at,
                    request_states.shipped_key IS NOT DISTINCT FROM 'cancelled' AS is_cancelled
             FROM service_requests JOIN request_states ON request_states.id = state_id
             WHERE customer_id = customers.id AND deleted_at IS NULL
             ORDER BY state_category = 'done', received_at DESC LIMIT ${mostRequests}) AS requests) AS requests,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name, 'shippedKey', shipped_key)
                                 ORDER BY position, name), '[]')
       FROM request_types WHERE is_public AND archived_at IS NULL) AS types,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name) ORDER BY position, name), '[]')
       FROM (SELECT id, name, position FROM request_categories
             WHERE parent_id IS NULL AND type_id IS NULL AND archived_at IS NULL
             ORDER BY position, name LIMIT ${mostChoices}) AS categories) AS categories,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name) ORDER BY name), '[]')
       FROM (SELECT id, name FROM served_things WHERE customer_id = customers.id AND archived_at IS NULL
             ORDER BY name LIMIT ${mostChoices}) AS things) AS things
    FROM personal_links
    JOIN customers ON customers.id = personal_links.customer_id AND customers.deleted_at IS NULL
    WHERE personal_links.token_hash = ${personalTokenHash(token)} AND personal_links.kind = 'customer'
      AND personal_links.revoked_at IS NULL AND personal_links.expires_at > ${deps.now()}`,
    CustomerPage,
  );
  return found;
}
