import { sql, type Sql } from '../../core/sql.js';

/** Fewer letters and digits begin too many plate numbers. */
const shortestIdentifier = 3;

/** As the index has it: letters and digits alone, in capitals. */
const bare = (text: Sql): Sql => sql`upper(regexp_replace(${text}, '[^[:alnum:]]', '', 'g'))`;

/**
 * Conditions on `customers` for a typed text that may be the beginning of an identifier of one of their things, however
 * it is written; none for other texts.
 */
export function thingMatches(typed: string): Sql[] {
  if (typed.replace(/[^a-z0-9]/gi, '').length < shortestIdentifier) return [];
  return [
    sql`customers.id = ANY (ARRAY(
      SELECT customer_id FROM served_things WHERE ${bare(sql`identifier`)} LIKE ${bare(sql`${typed}::text`)} || '%'))`,
  ];
}
