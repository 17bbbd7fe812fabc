import type { Cipher } from '../../core/cipher.js';
import { normaliseEmail } from '../../core/email-address.js';
import { normalisePhone } from '../../core/phone.js';
import { sql, type Sql } from '../../core/sql.js';
import { nameMatches } from '../customers/name-search.js';

/** One character is part of too many names. */
const shortestName = 2;

/**
 * Conditions on `customers`, one for each thing that a typed text can mean of one of their contacts: a phone in any
 * spelling or its last four digits, an e-mail address, a part of the name. Each reads an index of its own; the ids are
 * gathered first, so that the search as a whole can join its indexes.
 */
export function contactMatches(cipher: Cipher, typed: string): Sql[] {
  const conditions: Sql[] = [];
  if (/^\d{4}$/.test(typed)) {
    conditions.push(sql`phone_last4_hash = ${cipher.searchHash('phoneLast4', typed)}`);
  }
  const phone = /^[+\d(][\d\s().+-]{4,}$/.test(typed) ? normalisePhone(typed) : null;
  if (phone !== null) conditions.push(sql`phone_hash = ${cipher.searchHash('phone', phone)}`);
  const email = typed.includes('@') ? normaliseEmail(typed) : null;
  if (email !== null) conditions.push(sql`email_hash = ${cipher.searchHash('email', email)}`);
  const isName = !/^[\d\s+()-]*$/.test(typed) && Array.from(typed).length >= shortestName;
  if (isName) conditions.push(nameMatches(sql`name`, typed));
  return conditions.map(
    (condition) =>
      sql`customers.id = ANY (ARRAY(SELECT customer_id FROM customer_contacts WHERE ${condition}))`,
  );
}
