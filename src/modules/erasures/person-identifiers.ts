import { z } from 'zod';
import type { Cipher } from '../../core/cipher.js';
import type { Transaction } from '../../core/database.js';
import { sql } from '../../core/sql.js';
import { contactFields, openContact } from '../customers/contact-details.js';
import { openContactPoint } from '../customers/contact-point.js';
import { openReach } from '../customer-contacts/sealed-reach.js';
import { persons } from './persons.js';

const Customer = z.object({
  id: z.string(),
  customer_no: z.string(),
  name: z.string(),
  phone_encrypted: z.string().nullable(),
  email_encrypted: z.string().nullable(),
  wechat_encrypted: z.string().nullable(),
  address_encrypted: z.string().nullable(),
});

const Point = z.object({ id: z.string(), value_encrypted: z.string() });

const Contact = z.object({
  id: z.string(),
  name: z.string(),
  phone_encrypted: z.string().nullable(),
  email_encrypted: z.string().nullable(),
});

/** Everything that tells in a file of somebody else's making that a line of it is about the person, in clear. */
export async function readIdentifiers(
  tx: Transaction,
  cipher: Cipher,
  customerId: string,
): Promise<string[]> {
  const customers = Customer.array().parse(
    await tx.$queryRaw(sql`
      SELECT id::text, customer_no, name, phone_encrypted, email_encrypted, wechat_encrypted, address_encrypted
      FROM customers WHERE id IN ${persons(customerId)}`),
  );
  const points = Point.array().parse(
    await tx.$queryRaw(sql`
      SELECT id::text, value_encrypted FROM customer_contact_points WHERE customer_id IN ${persons(customerId)}`),
  );
  const contacts = Contact.array().parse(
    await tx.$queryRaw(sql`
      SELECT id::text, name, phone_encrypted, email_encrypted FROM customer_contacts
      WHERE customer_id IN ${persons(customerId)}`),
  );
  const found = [
    ...customers.flatMap((customer) => [
      customer.customer_no,
      customer.name,
      ...contactFields.map((field) =>
        openContact(cipher, customer.id, field, customer[`${field}_encrypted`]),
      ),
    ]),
    ...points.map(({ id, value_encrypted: sealed }) => openContactPoint(cipher, id, sealed)),
    ...contacts.flatMap((contact) => [
      contact.name,
      openReach(cipher, contact, 'phone'),
      openReach(cipher, contact, 'email'),
    ]),
  ];
  return found.filter((text) => text !== null);
}
