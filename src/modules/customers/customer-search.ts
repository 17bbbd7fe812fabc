import type { Cipher } from '../../core/cipher.js';
import { normaliseEmail } from '../../core/email-address.js';
import { normalisePhone } from '../../core/phone.js';
import { anyOf, sql, type Sql } from '../../core/sql.js';
import { contactMatches } from '../customer-contacts/contact-search.js';
import { thingMatches } from '../served-things/thing-search.js';
import { hasContact } from './contact-point.js';
import { nameHolds, nameMatches, part, prefix, shortestPart } from './name-search.js';

/**
 * What somebody may mean by a few typed characters, as one condition on `customers`: parts of the name, pinyin or its
 * initials, the customer number, a phone in any spelling or its last four digits, an e-mail address, a WeChat name; and
 * name, phone and e-mail of a contact, or the plate number of a car.
 * Each part uses an index of its own.
 */
export const customerMatches = (cipher: Cipher, text: string): Sql => meaning(cipher, text, nameMatches);

/** The same, asked of one row after the other. */
export const customerHolds = (cipher: Cipher, text: string): Sql => meaning(cipher, text, nameHolds);

function meaning(cipher: Cipher, text: string, matchesName: typeof nameMatches): Sql {
  const typed = text.normalize('NFKC').trim().toLowerCase();
  const letters = typed.replace(/[\s'’-]+/g, '');
  const conditions: Sql[] = [sql`upper(customers.customer_no) LIKE ${prefix(typed.toUpperCase())}`];

  if (!/^[\d\s+()-]*$/.test(typed)) {
    conditions.push(matchesName(sql`customers.name`, typed));
  }
  if (/^[a-z0-9]*[a-z][a-z0-9]*$/.test(letters)) {
    conditions.push(
      sql`lower(customers.name_pinyin) LIKE ${letters.length < shortestPart ? prefix(letters) : part(letters)}`,
      sql`lower(customers.name_initials) LIKE ${prefix(letters)}`,
    );
  }
  if (/^\d{4}$/.test(typed)) {
    conditions.push(hasContact('phone_last4_hash', cipher.searchHash('phoneLast4', typed)));
  }
  const phone = /^[+\d(][\d\s().+-]{4,}$/.test(typed) ? normalisePhone(typed) : null;
  if (phone !== null) conditions.push(hasContact('phone_hash', cipher.searchHash('phone', phone)));
  const email = typed.includes('@') ? normaliseEmail(typed) : null;
  if (email !== null) conditions.push(hasContact('email_hash', cipher.searchHash('email', email)));
  if (/^[a-z][-_a-z0-9]{5,19}$/.test(typed)) {
    conditions.push(sql`customers.wechat_hash = ${cipher.searchHash('wechat', typed)}`);
  }
  conditions.push(...contactMatches(cipher, typed), ...thingMatches(typed));
  return anyOf(conditions);
}
