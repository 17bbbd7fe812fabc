import { z } from 'zod';
import { sql } from '../../core/sql.js';

/** Contacts of one customer, and the longest values in characters. */
export const customerContactLimits = { contacts: 50, name: 100, position: 60, remark: 1_000 } as const;

export const CustomerContact = z.object({
  id: z.string(),
  name: z.string(),
  position: z.string().nullable(),
  phone_encrypted: z.string().nullable(),
  email_encrypted: z.string().nullable(),
  is_primary: z.boolean(),
  remark: z.string().nullable(),
});

/** Somebody who speaks for a customer. */
export type CustomerContact = z.infer<typeof CustomerContact>;

/** A column of a SELECT from `customers`: the contacts as JSON, the one to be called first on top. */
export const customerContactsColumn = sql`(
  SELECT coalesce(jsonb_agg(jsonb_build_object(
           'id', contacts.id, 'name', contacts.name, 'position', contacts.position,
           'phone_encrypted', contacts.phone_encrypted, 'email_encrypted', contacts.email_encrypted,
           'is_primary', contacts.is_primary, 'remark', contacts.remark)
         ORDER BY contacts.is_primary DESC, contacts.name, contacts.id), '[]')
  FROM customer_contacts AS contacts WHERE contacts.customer_id = customers.id)`;
