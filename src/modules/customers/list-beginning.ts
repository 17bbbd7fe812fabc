import { directionOf, type PageOrder, type SortColumn } from '../../core/lists/page-statement.js';
import { sql, type Sql } from '../../core/sql.js';
import {
  activitiesByRow,
  countedTables,
  lateConditions,
  triedTables,
} from '../visit-rhythm/late-customers.js';
import type { LateRuleNumbers } from '../visit-rhythm/late-rules.js';
import { nextWithin } from './activity-conditions.js';
import type { CustomerListQuery } from './customers.schemas.js';
import { coveredMonths, rowsOfMonths, type DatedRows } from './months-in-order.js';
import { lastVisitConditions, spentConditions } from './purchase-conditions.js';

/** Where a list that shows the newest customers first begins: tables whose index has that order and answers a filter. */
export interface ListBeginning {
  readonly from: Sql;
  readonly countFrom: Sql;
  readonly sort: SortColumn;
  /** What that index answers of the filters. */
  readonly where: readonly Sql[];
  /** The filters that are still to be asked. */
  readonly left: CustomerListQuery;
  /** True where the values that are asked for decide nothing about how to find them. */
  readonly suitsOnePlan: boolean;
  /** True where they are few, so that those of a part of the customers are found by finding all. */
  readonly isGathered?: boolean;
}

/** What decides about a list beside its filters. */
export interface BeginningBasis {
  readonly today: string;
  /** Whether the viewer sees all customers. */
  readonly seesAll: boolean;
  readonly lateRules: LateRuleNumbers;
}

/** Undefined where the list begins best with the customers themselves. */
export function listBeginning(
  query: CustomerListQuery,
  order: PageOrder,
  basis: BeginningBasis,
): ListBeginning | undefined {
  return (
    byAttempts(query, order, basis) ??
    byLateness(query, basis) ??
    byVisits(query, order) ??
    byFirstVisit(query, order) ??
    byTag(query) ??
    byPlan(query, basis.today)
  );
}

/** Who did not come when expected, and was called often enough. */
function byAttempts(
  query: CustomerListQuery,
  order: PageOrder,
  basis: BeginningBasis,
): ListBeginning | undefined {
  const beginning = query.late === 'tried' ? byLateness(query, basis) : undefined;
  if (!beginning) return undefined;
  if (!basis.seesAll)
    return { ...beginning, from: beginning.countFrom, suitsOnePlan: false, isGathered: true };
  const inOrder = { column: sql`customer_created_at`, direction: directionOf(order) };
  return { ...beginning, from: triedTables(basis.today, basis.lateRules, inOrder) };
}

/** What the index of visits in this order holds. */
const cameOnce = sql`totals.last_purchase_on IS NOT NULL`;

/** Who came, but not again when expected. The other filters by visits are asked of these. */
function byLateness(
  query: CustomerListQuery,
  { today, lateRules, seesAll }: BeginningBasis,
): ListBeginning | undefined {
  const { late, ...left } = query;
  if (!late) return undefined;
  return {
    from: sql`customers JOIN customer_purchase_totals AS totals ON totals.customer_id = customers.id ${activitiesByRow}`,
    countFrom: countedTables(late),
    sort: createdFirst(sql`totals`),
    where: [...(late === 'tried' ? [] : [cameOnce]), ...lateConditions(late, today, lateRules)],
    left,
    suitsOnePlan: seesAll,
  };
}

/** Who ever came, in the order in which they were created. */
function byVisits(query: CustomerListQuery, order: PageOrder): ListBeginning | undefined {
  const { lastVisitFrom, lastVisitTo, ...others } = query;
  const { spentFrom, spentTo, purchasesFrom, purchasesTo, ...rest } = others;
  const isOfVisitors = meansVisitors(query);
  const isOfDays = Boolean(lastVisitFrom ?? lastVisitTo);
  if (!isOfVisitors && !isOfDays) return undefined;
  const months = coveredMonths({ from: lastVisitFrom, to: lastVisitTo });
  const from = sql`customers JOIN ${months ? rowsOfMonths(months, lastVisits, directionOf(order)) : sql`customer_purchase_totals`} AS totals
    ON totals.customer_id = customers.id`;
  return {
    from,
    countFrom: from,
    sort: createdFirst(sql`totals`),
    where: [
      cameOnce,
      ...(months ? [] : lastVisitConditions(query)),
      ...(isOfVisitors ? spentConditions(query) : []),
    ],
    left: isOfVisitors ? rest : others,
    suitsOnePlan: months !== undefined && !isOfVisitors,
  };
}

/** Nobody else spent or bought so much. */
const meansVisitors = ({ spentFrom, purchasesFrom }: CustomerListQuery): boolean =>
  Number(spentFrom ?? 0) > 0 || (purchasesFrom ?? 0) > 0;

const createdFirst = (table: Sql): SortColumn => ({
  expression: sql`${table}.customer_created_at`,
  type: 'timestamptz',
  id: sql`${table}.customer_id`,
});

/** Who came first in some months, in the order in which they were created. */
function byFirstVisit(query: CustomerListQuery, order: PageOrder): ListBeginning | undefined {
  const { firstVisitFrom, firstVisitTo, ...left } = query;
  const months = coveredMonths({ from: firstVisitFrom, to: firstVisitTo });
  if (!months) return undefined;
  const from = sql`${rowsOfMonths(months, firstVisits, directionOf(order))} AS customers`;
  const sort = { expression: sql`customers.created_at`, type: 'timestamptz' } as const;
  return { from, countFrom: from, sort, where: [], left, suitsOnePlan: true };
}

const firstVisits: DatedRows = {
  table: sql`customers`,
  day: sql`first_visit_on`,
  listed: [sql`deleted_at IS NULL`],
  order: [sql`created_at`, sql`id`],
};

const lastVisits: DatedRows = {
  table: sql`customer_purchase_totals`,
  day: sql`last_purchase_on`,
  listed: [],
  order: [sql`customer_created_at`, sql`customer_id`],
};

/** Who has a tag, in the order in which they were created. */
function byTag(query: CustomerListQuery): ListBeginning | undefined {
  const [tagId, ...furtherTags] = query.tag ?? [];
  if (tagId === undefined) return undefined;
  const from = sql`customers JOIN customer_tags AS tagged ON tagged.customer_id = customers.id`;
  return {
    from,
    countFrom: from,
    sort: createdFirst(sql`tagged`),
    where: [sql`tagged.tag_id = ${tagId}::uuid`],
    left: { ...query, tag: furtherTags },
    suitsOnePlan: true,
  };
}

/** For whom something is planned, in the order in which they were created. */
function byPlan(query: CustomerListQuery, today: string): ListBeginning | undefined {
  const { nextFollowUp, ...left } = query;
  if (nextFollowUp === undefined || nextFollowUp === 'none') return undefined;
  const from = sql`customers JOIN customer_activities AS planned ON planned.customer_id = customers.id`;
  return {
    from,
    countFrom: from,
    sort: createdFirst(sql`planned`),
    where: [sql`planned.next_follow_up_on IS NOT NULL`, nextWithin(nextFollowUp, today)],
    left,
    suitsOnePlan: false,
  };
}
