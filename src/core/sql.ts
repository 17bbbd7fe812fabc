import { Prisma } from '../generated/prisma/client.js';

/** A piece of SQL with its parameters. Values become parameters, never text. */
export type Sql = Prisma.Sql;

/** Tagged template: sql`name = ${name}`; pieces nest. */
export const sql = Prisma.sql;

/** Joins pieces, for instance conditions with ' AND '. Refuses an empty list. */
export const joinSql = Prisma.join;

/** Text that is put into a statement as it stands: constants of the code only, never anything a user sent. */
export const rawSql = Prisma.raw;

export const emptySql = Prisma.empty;

/** All conditions must hold; an empty list holds always. */
export function allOf(conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? sql`TRUE` : joinSql([...conditions], ' AND ', '(', ')');
}

/** One of the conditions must hold; an empty list never holds. */
export function anyOf(conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? sql`FALSE` : joinSql([...conditions], ' OR ', '(', ')');
}

/** Whether a column holds one of some ids. One alone is compared, for then an index keeps the order of a list. */
export function isOneOf(column: Sql, ids: readonly string[]): Sql {
  const [id, ...further] = ids;
  return id !== undefined && further.length === 0
    ? sql`${column} = ${id}::uuid`
    : sql`${column} = ANY(${[...ids]}::uuid[])`;
}
