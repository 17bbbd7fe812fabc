import { emptySql, sql, type Sql } from '../../core/sql.js';
import type { ContactKind } from '../customers/contact-point.js';
import { largestGroup, largestNamesakeGroup, type PairReason } from './pair-reasons.js';

/** What two customers must share, as a text that is equal then; customers without it are left out. */
export interface PairRule {
  readonly reason: PairReason;
  readonly key: Sql;
  /** Further keys of customers, as a SELECT of id and key to unite with: of those who can share several values. */
  readonly furtherKeys: Sql;
  /** Customers that may share the value for each two of them to be a pair. */
  readonly largestGroup: number;
  /** A larger group is one entry, of the two customers that come first; else it is none. */
  readonly keepsLargerGroups: boolean;
  /** What must hold for each pair beside, of the members `a` and `b`. */
  readonly condition: Sql;
}

/** A name as it is compared: without regard to case, blanks and the marks between the parts of a name. */
export const comparableName = (name: Sql): Sql => sql`translate(lower(${name}), ' 　·•.,''’-', '')`;

/** True of two rows whose birth dates, both known and in one calendar, differ. */
export const birthDatesDiffer = (a: Sql, b: Sql): Sql =>
  sql`coalesce(${a}.birth_calendar = ${b}.birth_calendar AND ${a}.birth_date <> ${b}.birth_date, FALSE)`;

const furtherContacts = (kind: ContactKind): Sql => sql`
  UNION ALL
  SELECT customers.id, points.value_hash COLLATE "C"
  FROM customer_contact_points AS points JOIN customers ON customers.id = points.customer_id
  WHERE points.kind = ${kind} AND customers.deleted_at IS NULL`;

const contactRule = (reason: PairReason, key: Sql, furtherKeys = emptySql): PairRule => ({
  reason,
  key,
  furtherKeys,
  largestGroup,
  keepsLargerGroups: true,
  condition: sql`TRUE`,
});

/**
 * The rules of the scan, the strongest first. Addresses are encrypted without a keyed hash, so that none can be compared;
 * in their place stands the city, which is in clear, and counts for less.
 */
export const pairRules: readonly PairRule[] = [
  contactRule('phone', sql`phone_hash`, furtherContacts('phone')),
  contactRule('email', sql`email_hash`, furtherContacts('email')),
  contactRule('wechat', sql`wechat_hash`),
  {
    reason: 'nameAndBirthDate',
    key: sql`nullif(${comparableName(sql`name`)}, '') || birth_calendar || birth_date::text`,
    furtherKeys: emptySql,
    largestGroup,
    keepsLargerGroups: true,
    condition: sql`TRUE`,
  },
  {
    reason: 'nameAndCity',
    key: sql`nullif(${comparableName(sql`name`)}, '') || '@' || lower(city)`,
    furtherKeys: emptySql,
    largestGroup: largestNamesakeGroup,
    keepsLargerGroups: false,
    condition: sql`NOT ${birthDatesDiffer(sql`a`, sql`b`)} AND NOT coalesce(a.gender <> b.gender, FALSE)`,
  },
];
