import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { sql } from '../../core/sql.js';
import { customerMatches } from '../customers/customer-search.js';
import { customerScope } from '../customers/customers.scope.js';

/** Customers offered at once. */
export const mostOffered = 8;

const OfferedCustomer = z.object({
  id: z.string(),
  name: z.string(),
  customer_no: z.string(),
  city: z.string().nullable(),
  last_contact_at: z.date().nullable(),
});

/** A customer that a request may be for. */
export type OfferedCustomer = z.infer<typeof OfferedCustomer>;

/** Customers in the viewer's scope whom a typed name, phone or number may mean, those last in contact first. */
export function offerCustomers({ deps, viewer }: ViewerContext, typed: string): Promise<OfferedCustomer[]> {
  return deps.database.rows(
    sql`
    WITH found AS MATERIALIZED (
      SELECT customers.id FROM customers
      WHERE customers.deleted_at IS NULL AND ${customerScope(viewer)} AND ${customerMatches(deps.cipher, typed)} LIMIT 100)
    SELECT customers.id::text, customers.name, customer_no, city, last_contact_at
    FROM found JOIN customers USING (id) JOIN customer_activities ON customer_id = customers.id
    ORDER BY last_contact_at DESC NULLS LAST, customers.name, customers.id LIMIT ${mostOffered}`,
    OfferedCustomer,
  );
}

const ChosenCustomer = z.object({
  id: z.string(),
  name: z.string(),
  customer_no: z.string(),
  things: z.array(z.object({ id: z.string(), name: z.string() })),
});

/** The customer whom a request is for, with what of theirs may be served. */
export type ChosenCustomer = z.infer<typeof ChosenCustomer>;

/** Undefined when there is none in the viewer's scope. */
export async function findChosenCustomer(
  { deps, viewer }: ViewerContext,
  id: string,
): Promise<ChosenCustomer | undefined> {
  const [customer] = await deps.database.preparedRows(
    sql`
    SELECT customers.id::text, name, customer_no,
           (SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name) ORDER BY name), '[]')
            FROM served_things WHERE customer_id = customers.id AND archived_at IS NULL) AS things
    FROM customers WHERE customers.id = ${id}::uuid AND deleted_at IS NULL AND ${customerScope(viewer)}`,
    ChosenCustomer,
  );
  return customer;
}
