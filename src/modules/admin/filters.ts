import { z } from 'zod';
import { isoDate } from '../../core/fields.js';
import { timeZone } from '../../core/format.js';
import { sql, type Sql } from '../../core/sql.js';

/** Filters of administration's lists. An empty parameter, as a form without script sends it, is no filter. */

/** One of a few values. */
export const optionalChoice = <const Choices extends readonly [string, ...string[]]>(choices: Choices) =>
  z
    .union([z.literal(''), z.enum(choices)])
    .optional()
    .transform((choice) => (choice === undefined || choice === '' ? null : choice));

/** The parameters `from` and `to` of a period of days; both days belong to it. */
export const periodParameters = {
  from: z.union([z.literal(''), isoDate]).optional(),
  to: z.union([z.literal(''), isoDate]).optional(),
};

export interface Period {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** False for a period that ends before it begins. */
export const isPeriod = ({ from, to }: Period): boolean => !from || !to || from <= to;

/** Longer than any transaction can last: see `auditPeriod`. */
const slack = sql`interval '1 hour'`;

/**
 * The rows of the audit log within a period of days in the product's time zone: from the first day's midnight up to, and
 * without, the midnight after the last. Rows are read in the order of their ids, which is that of their moments but for
 * the length of a transaction; so the moments also bound the ids, and an old period does not read everything since.
 */
export function auditPeriod({ from, to }: Period): Sql[] {
  const conditions: Sql[] = [];
  if (from) {
    const start = sql`(${from}::date::timestamp AT TIME ZONE ${timeZone})`;
    conditions.push(
      sql`audit_log.at >= ${start}`,
      sql`audit_log.id > coalesce((SELECT earlier.id FROM audit_log AS earlier WHERE earlier.at < ${start} - ${slack}
                                   ORDER BY earlier.at DESC, earlier.id DESC LIMIT 1), 0)`,
    );
  }
  if (to) {
    const end = sql`((${to}::date + 1)::timestamp AT TIME ZONE ${timeZone})`;
    conditions.push(
      sql`audit_log.at < ${end}`,
      sql`audit_log.id < coalesce((SELECT later.id FROM audit_log AS later WHERE later.at >= ${end} + ${slack}
                                   ORDER BY later.at, later.id LIMIT 1), 9223372036854775807)`,
    );
  }
  return conditions;
}

/** True where a text contains another, without regard to case and without patterns. */
export const containsText = (column: Sql, part: string): Sql =>
  sql`position(lower(${part}) IN lower(${column})) > 0`;
