import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import type { FieldSpec } from '../../core/form.js';
import { allOf, sql, type Sql } from '../../core/sql.js';
import { isForbidden, isUnchanged, outcomeOf, tableOf, willChange } from './bulk-outcome.js';
import type { BulkAction, BulkRemark, BulkSubject } from './bulk-subject.js';

/** Records named on the confirmation. */
export const namesShown = 10;

/** What a change would reach at this moment. */
export interface BulkPreview {
  readonly matching: number;
  /** Those that will be changed. */
  readonly changing: number;
  /** Those that are like that already. */
  readonly unchanged: number;
  readonly forbidden: number;
  /** How many by the name of each refusal. */
  readonly refusals: Readonly<Record<string, number>>;
  readonly seenAt: Date;
  readonly first: readonly string[];
  readonly remark: BulkRemark | undefined;
  /** Asks for one reason for all; undefined where nobody asks for any. */
  readonly reasonField: FieldSpec | undefined;
}

const PreviewRow = z.object({
  outcomes: z.record(z.string(), z.number()),
  seen_at: z.date(),
  first: z.array(z.string()),
});

interface ChangeToCount {
  readonly filter: string;
  readonly value: string;
}

/** Counts a selection, exactly, and what would become of it; names the first that will be changed. */
export async function previewBulkChange(
  context: ViewerContext,
  subject: BulkSubject,
  action: BulkAction,
  { filter, value }: ChangeToCount,
): Promise<BulkPreview> {
  const { database } = context.deps;
  const selected = allOf(subject.conditions(context, filter));
  const outcome = await confirmedOutcome(context, action, value);
  const changing = sql`${selected} AND ${outcome} = ${willChange}`;
  const [found] = await database.rows(
    sql`
    SELECT (SELECT coalesce(jsonb_object_agg(outcome, count), '{}') FROM (
              SELECT ${outcome} AS outcome, count(*)::integer AS count FROM ${tableOf(subject)}
              WHERE ${selected} GROUP BY 1) AS counted) AS outcomes,
           date_trunc('milliseconds', now()) AS seen_at,
           ARRAY(SELECT ${subject.title} FROM ${tableOf(subject)} WHERE ${changing}
                 ORDER BY ${subject.titleOrder} LIMIT ${namesShown}) AS first`,
    PreviewRow,
  );
  const { outcomes, seen_at, first } = PreviewRow.parse(found);
  const { [willChange]: count = 0, [isUnchanged]: unchanged = 0, [isForbidden]: forbidden = 0 } = outcomes;
  return {
    matching: Object.values(outcomes).reduce((sum, each) => sum + each, 0),
    ...{ changing: count, unchanged, forbidden, seenAt: seen_at, first, refusals: outcomes },
    remark: await action.remark?.(context, value, changing),
    reasonField: await action.reasonField?.(context, value, changing),
  };
}

/** What becomes of a record once the confirmation is sent, which asks for the reason where one is needed. */
const confirmedOutcome = async (
  { deps, viewer }: ViewerContext,
  action: BulkAction,
  value: string,
): Promise<Sql> => outcomeOf(await action.rule(deps.database, viewer, value, true));

/** Asks for one reason for all that a change would reach at this moment; undefined where nobody asks for any. */
export async function readReasonField(
  context: ViewerContext,
  subject: BulkSubject,
  action: BulkAction,
  { filter, value }: ChangeToCount,
): Promise<FieldSpec | undefined> {
  if (action.reasonField === undefined) return undefined;
  const outcome = await confirmedOutcome(context, action, value);
  const changing = allOf([...subject.conditions(context, filter), sql`${outcome} = ${willChange}`]);
  return action.reasonField(context, value, changing);
}

/** How many records a selection has, exactly. */
export async function countSelected(
  context: ViewerContext,
  subject: BulkSubject,
  filter: string,
): Promise<number> {
  const [row] = await context.deps.database.rows(
    sql`SELECT count(*)::integer AS count FROM ${tableOf(subject)} WHERE ${allOf(subject.conditions(context, filter))}`,
    z.object({ count: z.number() }),
  );
  return row?.count ?? 0;
}
