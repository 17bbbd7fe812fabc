import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { NotFound } from '../../core/errors.js';
import { sql } from '../../core/sql.js';
import { customerScope } from '../customers/customers.scope.js';
import { CustomerContact } from './customer-contact.js';

const CustomerContactRecord = CustomerContact.extend({
  customer_id: z.string(),
  customer_name: z.string(),
  customer_no: z.string(),
  version: z.number(),
  can_edit: z.boolean(),
  can_reveal: z.boolean(),
});

/** A contact with its customer, and what the viewer may do with it. */
export type CustomerContactRecord = z.infer<typeof CustomerContactRecord>;

/** @throws NotFound when there is none, or its customer lies outside the viewer's scope or in the recycle bin. */
export async function findCustomerContact(
  { deps, viewer }: ViewerContext,
  id: string,
): Promise<CustomerContactRecord> {
  const [contact] = await deps.database.preparedRows(
    sql`
    SELECT contacts.id::text, contacts.name, contacts.position, contacts.phone_encrypted, contacts.email_encrypted,
           contacts.is_primary, contacts.remark, contacts.version,
           customers.id::text AS customer_id, customers.name AS customer_name, customers.customer_no,
           coalesce(${customerScope(viewer, 'customers:edit')}, FALSE) AS can_edit,
           coalesce(${customerScope(viewer, 'customers:reveal-contact')}, FALSE) AS can_reveal
    FROM customer_contacts AS contacts JOIN customers ON customers.id = contacts.customer_id
    WHERE contacts.id = ${id}::uuid AND customers.deleted_at IS NULL AND ${customerScope(viewer)}`,
    CustomerContactRecord,
  );
  if (!contact) throw new NotFound('no such contact in scope');
  return contact;
}
