import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { dayOf } from '../../core/format.js';
import { sql, type Sql } from '../../core/sql.js';
import { customerScope } from '../customers/customers.scope.js';
import { rulesCondition } from './compile-rules.js';
import type { RuleContext } from './rule-operator.js';
import type { SegmentGroup } from './rules.js';
import type { SegmentCatalogue } from './segment-catalogue.js';
import { segmentTables, segmentTablesOf } from './segment-tables.js';
import { rowsWithin } from './within-time.js';

/** Names that stand for those who fit. */
const examplesShown = 5;
/** Milliseconds for the exact count, then for the estimate. */
export interface CountPatience {
  readonly exact: number;
  readonly sample: number;
}

/** Three seconds with what surrounds them. */
const usualPatience: CountPatience = { exact: 1_600, sample: 1_000 };
/** Customers looked at for an estimate, and how many of them must fit for it to mean something. */
const sampleSize = 10_000;
const meaningfulHits = 10;

/** How many of the customers whom the viewer sees fit. */
export interface CustomerCount {
  readonly matching: number;
  readonly total: number;
  /** `below` for an estimate by too few hits: there are fewer than `matching`. */
  readonly precision: 'exact' | 'about' | 'below';
  readonly examples: readonly string[];
}

const Counted = z.object({ matching: z.number(), total: z.number(), examples: z.array(z.string()) });

/** Counts by rules that need not be saved, within the patience; undefined when they take longer. */
export async function countCustomers(
  context: ViewerContext,
  rules: SegmentGroup,
  catalogue: SegmentCatalogue,
  patience: CountPatience = usualPatience,
): Promise<CustomerCount | undefined> {
  const { database, now } = context.deps;
  const today = dayOf(now());
  const fitting = (reach: RuleContext['reach']): Sql => rulesCondition(rules, catalogue, { today, reach });
  const whole = countStatement(context, fitting('all'), segmentTables);
  const [exact] = (await rowsWithin(database, patience.exact, whole, Counted)) ?? [];
  if (exact) return { ...exact, precision: 'exact' };
  const share = Math.min(1, sampleSize / (await estimatedCustomers(context)));
  const sample = segmentTablesOf(sql`customers TABLESAMPLE SYSTEM (${share * 100}) REPEATABLE (0)`);
  const part = countStatement(context, fitting('some'), sample);
  const [sampled] = (await rowsWithin(database, patience.sample, part, Counted)) ?? [];
  return sampled && scaledUp(sampled, share);
}

/** Those who fit are gathered once: purchases that a rule adds up are read for the number and the names together. */
const countStatement = ({ viewer }: ViewerContext, condition: Sql, tables: Sql): Sql => {
  const seen = sql`customers.deleted_at IS NULL AND ${customerScope(viewer)}`;
  return sql`
  WITH fitting AS MATERIALIZED (SELECT customers.id FROM ${tables} WHERE ${seen} AND ${condition})
  SELECT (SELECT count(*)::integer FROM ${tables} WHERE ${seen}) AS total,
         (SELECT count(*)::integer FROM fitting) AS matching,
         ARRAY(SELECT name FROM customers WHERE id IN (SELECT id FROM fitting LIMIT ${examplesShown})) AS examples`;
};

/** What the sample says about all. */
function scaledUp({ matching, total, examples }: z.infer<typeof Counted>, share: number): CustomerCount {
  const isMeaningful = matching >= meaningfulHits;
  return {
    matching: Math.round(Math.max(matching, meaningfulHits) / share),
    total: Math.round(total / share),
    precision: isMeaningful ? 'about' : 'below',
    examples,
  };
}

/** As PostgreSQL's statistics have it; at least the sample. */
async function estimatedCustomers({ deps }: ViewerContext): Promise<number> {
  const [row] = await deps.database.rows(
    sql`SELECT greatest(reltuples, ${sampleSize})::integer AS count FROM pg_class WHERE oid = 'customers'::regclass`,
    z.object({ count: z.number() }),
  );
  return row?.count ?? sampleSize;
}
