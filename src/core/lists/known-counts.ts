import type { Database } from '../database.js';
import { rememberBriefly } from '../remember-briefly.js';
import type { Sql } from '../sql.js';

/**
 * Lists that had more rows than are counted, a moment ago. Counting to ten thousand takes longer than finding a page, and
 * staff leaf through the same lists all day: "10,000+" stays true for a minute.
 */
export interface KnownCounts {
  /** True when counting this reached its cap within the last minute. */
  isCapped(counting: Sql): boolean;
  noteCapped(counting: Sql): void;
}

const knownByDatabase = new WeakMap<Database, KnownCounts>();

/** What this process knows of a database. */
export function knownCountsOf(database: Database): KnownCounts {
  const known = knownByDatabase.get(database) ?? createKnownCounts();
  knownByDatabase.set(database, known);
  return known;
}

/** Knows nothing yet; `now` in milliseconds of any clock. */
export function createKnownCounts(now?: () => number): KnownCounts {
  const capped = rememberBriefly<true>(now);
  return {
    isCapped: (counting) => capped.find(counting) ?? false,
    noteCapped: (counting) => capped.note(counting, true),
  };
}
