import { rawSql, sql, type Sql } from '../../core/sql.js';
import type { BulkRule, BulkSubject } from './bulk-subject.js';

/** What becomes of a record: one of these, or the name of a refusal. */
export const willChange = 'change';
export const isUnchanged = 'unchanged';
export const isForbidden = 'forbidden';

/** The outcome of a change for each record, as text. */
export const outcomeOf = ({ scope, isSo, refusal }: BulkRule): Sql => sql`
  CASE WHEN (${scope}) IS NOT TRUE THEN ${isForbidden}
       WHEN ${isSo ?? sql`FALSE`} THEN ${isUnchanged}
       ELSE coalesce(${refusal ?? sql`NULL`}, ${willChange}) END`;

export const tableOf = ({ table }: BulkSubject): Sql => rawSql(table);
