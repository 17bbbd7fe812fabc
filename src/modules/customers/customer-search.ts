import type { Cipher } from '../../core/cipher.js';
import { normaliseEmail } from '../../core/email-address.js';
import { normalisePhone } from '../../core/phone.js';
import { anyOf, sql, type Sql } from '../../core/sql.js';

const hanCharacter = /\p{Script=Han}/u;

/** Shorter Latin parts match so much that only the beginning counts; trigram indexes need three letters as well. */
const shortestPart = 3;

/**
 * What somebody may mean by a few typed characters, as one condition on `customers`: parts of the name, pinyin or its
 * initials, the customer number, a phone in any spelling or its last four digits, an e-mail address, a WeChat name.
 * Each part uses an index of its own.
 */
export function customerMatches(cipher: Cipher, text: string): Sql {
  const typed = text.normalize('NFKC').trim().toLowerCase();
  const letters = typed.replace(/[\s'’-]+/g, '');
  const conditions: Sql[] = [sql`upper(customers.customer_no) LIKE ${prefix(typed.toUpperCase())}`];

  if (!/^[\d\s+()-]*$/.test(typed)) {
    conditions.push(nameMatches(typed));
  }
  if (/^[a-z0-9]*[a-z][a-z0-9]*$/.test(letters)) {
    conditions.push(
      sql`lower(customers.name_pinyin) LIKE ${letters.length < shortestPart ? prefix(letters) : part(letters)}`,
      sql`lower(customers.name_initials) LIKE ${prefix(letters)}`,
    );
  }
  if (/^\d{4}$/.test(typed)) {
    conditions.push(sql`customers.phone_last4_hash = ${cipher.searchHash('phoneLast4', typed)}`);
  }
  const phone = /^[+\d(][\d\s().+-]{4,}$/.test(typed) ? normalisePhone(typed) : null;
  if (phone !== null) conditions.push(sql`customers.phone_hash = ${cipher.searchHash('phone', phone)}`);
  const email = typed.includes('@') ? normaliseEmail(typed) : null;
  if (email !== null) conditions.push(sql`customers.email_hash = ${cipher.searchHash('email', email)}`);
  if (/^[a-z][-_a-z0-9]{5,19}$/.test(typed)) {
    conditions.push(sql`customers.wechat_hash = ${cipher.searchHash('wechat', typed)}`);
  }
  return anyOf(conditions);
}

/** Short Han texts hold no trigram; an index of the characters of names finds them, and LIKE their order. */
function nameMatches(typed: string): Sql {
  const characters = Array.from(typed);
  if (characters.length >= shortestPart) return sql`lower(customers.name) LIKE ${part(typed)}`;
  if (!hanCharacter.test(typed)) return sql`lower(customers.name) LIKE ${prefix(typed)}`;
  return sql`(string_to_array(lower(customers.name), NULL) @> ${characters}::text[]
              AND lower(customers.name) LIKE ${part(typed)})`;
}

const escaped = (text: string): string => text.replace(/[\\%_]/g, '\\$&');
const prefix = (text: string): string => `${escaped(text)}%`;
const part = (text: string): string => `%${escaped(text)}%`;
