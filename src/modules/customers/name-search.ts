import { sql, type Sql } from '../../core/sql.js';

const hanCharacter = /\p{Script=Han}/u;

/** Shorter Latin parts match so much that only the beginning counts; trigram indexes need three letters as well. */
export const shortestPart = 3;

/**
 * Names that hold a typed text in lower case. Short Han texts hold no trigram; an index of the characters of names finds
 * them, and LIKE their order.
 */
export function nameMatches(column: Sql, typed: string): Sql {
  const characters = Array.from(typed);
  if (characters.length >= shortestPart) return sql`lower(${column}) LIKE ${part(typed)}`;
  if (!hanCharacter.test(typed)) return sql`lower(${column}) LIKE ${prefix(typed)}`;
  const holdsAll = sql`string_to_array(lower(${column}), NULL) @> ${characters}::text[]`;
  return characters.length === 1 ? holdsAll : sql`(${holdsAll} AND lower(${column}) LIKE ${part(typed)})`;
}

/** The same, asked of one row after the other: without what only an index needs, which costs more than the answer. */
export function nameHolds(column: Sql, typed: string): Sql {
  const isPart = Array.from(typed).length >= shortestPart || hanCharacter.test(typed);
  return sql`lower(${column}) LIKE ${isPart ? part(typed) : prefix(typed)}`;
}

const escaped = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

/** A pattern of LIKE for texts that begin so. */
export const prefix = (text: string): string => `${escaped(text)}%`;

/** A pattern of LIKE for texts that hold it. */
export const part = (text: string): string => `%${escaped(text)}%`;
