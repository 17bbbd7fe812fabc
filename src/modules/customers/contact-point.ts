import { z } from 'zod';
import type { Cipher } from '../../core/cipher.js';
import { sql, type Sql } from '../../core/sql.js';

/** Of these a customer can have several: the first one stands with the customer, further ones are contact points. */
export const contactKinds = ['phone', 'email'] as const;
export type ContactKind = (typeof contactKinds)[number];

export const contactPointLabels = ['mobile', 'home', 'work', 'other'] as const;
export type ContactPointLabel = (typeof contactPointLabels)[number];

/** Phones, and e-mail addresses, besides the first one. */
export const mostContactPoints = 9;

/** Characters that can be typed for one. */
export const longestContactValue = 254;

export const ContactPoint = z.object({
  id: z.string(),
  kind: z.enum(contactKinds),
  label: z.enum(contactPointLabels),
  value_encrypted: z.string(),
});

/** A phone or e-mail address besides the first one, as stored. */
export type ContactPoint = z.infer<typeof ContactPoint>;

/** A column of a SELECT from `customers`: the customer's contact points as JSON, the oldest first. */
export const contactPointsColumn = sql`(
  SELECT coalesce(jsonb_agg(jsonb_build_object('id', points.id, 'kind', points.kind, 'label', points.label,
                                               'value_encrypted', points.value_encrypted)
                            ORDER BY points.created_at, points.id), '[]')
  FROM customer_contact_points AS points WHERE points.customer_id = customers.id)`;

const place = (id: string) => ({ table: 'customer_contact_points', column: 'value_encrypted', recordId: id });

/** The columns of a contact point; the value is a phone in E.164 or an e-mail address in lower case. */
export function sealContactPoint(cipher: Cipher, id: string, kind: ContactKind, value: string) {
  return {
    kind,
    valueEncrypted: cipher.encrypt(value, place(id)),
    valueHash: cipher.searchHash(kind, value),
    last4Hash: kind === 'phone' ? cipher.searchHash('phoneLast4', value.slice(-4)) : null,
  };
}

/** The value of a contact point in clear. */
export const openContactPoint = (cipher: Cipher, id: string, sealed: string): string =>
  cipher.decrypt(sealed, place(id));

/**
 * True of customers with such a phone or e-mail address, be it their first one or a further one. The ids are gathered
 * first: only so can the two halves of the OR use an index each.
 */
export function hasContact(column: 'phone_hash' | 'phone_last4_hash' | 'email_hash', hash: string): Sql {
  const first = {
    phone_hash: sql`customers.phone_hash`,
    phone_last4_hash: sql`customers.phone_last4_hash`,
    email_hash: sql`customers.email_hash`,
  }[column];
  const further = column === 'phone_last4_hash' ? sql`last4_hash` : sql`value_hash`;
  return sql`(${first} = ${hash} OR customers.id = ANY (ARRAY(
    SELECT customer_id FROM customer_contact_points WHERE ${further} = ${hash})))`;
}
