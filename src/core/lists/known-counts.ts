import type { Database } from '../database.js';
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

const knownMillis = 60_000;
const mostKnown = 1_000;

const knownByDatabase = new WeakMap<Database, KnownCounts>();

/** What this process knows of a database. */
export function knownCountsOf(database: Database): KnownCounts {
  const known = knownByDatabase.get(database) ?? createKnownCounts();
  knownByDatabase.set(database, known);
  return known;
}

/** Knows nothing yet; `now` in milliseconds of any clock. */
export function createKnownCounts(now: () => number = () => performance.now()): KnownCounts {
  const endings = new Map<string, number>();
  return {
    isCapped: (counting) => (endings.get(keyOf(counting)) ?? -Infinity) > now(),
    noteCapped(counting) {
      const key = keyOf(counting);
      // The oldest stand first.
      endings.delete(key);
      endings.set(key, now() + knownMillis);
      const [oldest] = endings.keys();
      if (endings.size > mostKnown && oldest !== undefined) endings.delete(oldest);
    },
  };
}

/** Moments count to the minute: what is late now is asked with another moment by each request. */
const keyOf = ({ text, values }: Sql): string =>
  JSON.stringify([
    text,
    values.map((value) =>
      value instanceof Date ? Math.floor(value.getTime() / knownMillis) * knownMillis : value,
    ),
  ]);
