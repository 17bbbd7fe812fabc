import { allOf, sql, type Sql } from '../../core/sql.js';
import { nameMatches } from '../customers/name-search.js';

const mostWords = 8;

/** Articles that hold every typed word in title or text, whatever its case; indexed by their parts and characters. */
export const articleMatches = (typed: string): Sql =>
  allOf(
    typed
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '')
      .slice(0, mostWords)
      .map((word) => nameMatches(sql`title || ' ' || body`, word)),
  );
