import { allOf, rawSql, sql, type Sql } from '../../core/sql.js';

/**
 * Customers who have had their birthday `from` times at least and `to` times at most; those born on 29 February have it
 * on 1 March in other years. Whoever's birth date nobody knows is not among them.
 */
export function isOfAge(from: number | undefined, to: number | undefined, today: string): Sql {
  const yearsAgo = (years: number): Sql =>
    sql`(${today}::date - make_interval(years => ${years}::integer))::date`;
  return allOf([
    sql`customers.birth_date <= ${from === undefined ? sql`${today}::date` : yearsAgo(from)}`,
    ...(to === undefined ? [] : [sql`customers.birth_date > ${yearsAgo(to + 1)}`]),
  ]);
}

/** Customers with their birthday in a month, 1 to 12. A lunar birthday falls into another month each year. */
export const hasBirthday = (month: number): Sql =>
  sql`(customers.birth_calendar = 'solar' AND date_part('month', customers.birth_date) = ${month})`;

/** Customers with or without a way to reach them. */
export const hasContact = (field: 'phone' | 'email' | 'wechat', isThere: boolean): Sql =>
  sql`customers.${rawSql(`${field}_hash`)} IS ${rawSql(isThere ? 'NOT NULL' : 'NULL')}`;
