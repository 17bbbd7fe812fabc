import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { keepChoices } from '../../core/kept-choices.js';
import { listPage, lowCountCap, type ListResult } from '../../core/lists/list.js';
import {
  directionOf,
  type ListOrder,
  type PageOrder,
  type SortColumn,
} from '../../core/lists/page-statement.js';
import { allOf, rawSql, sql, type Sql } from '../../core/sql.js';
import { scopeOf } from '../../core/viewer.js';
import { branchesColumn, Choice, teamsColumn } from '../customers/customer-choices.queries.js';
import { customerMatches } from '../customers/customer-search.js';
import { customerTables, today } from '../customers/customers.queries.js';
import { customerScope } from '../customers/customers.scope.js';
import { allTiersColumn, hasTier } from '../tiers/effective-tier.js';
import {
  attemptsColumn,
  countedTables,
  isOfOwner,
  lateConditions,
  soughtTables,
  triedTables,
} from './late-customers.js';
import { numbersOf, type LateRules } from './late-rules.js';
import type { LateVisitsQuery } from './late-visits.schemas.js';
import { VisitRhythm, visitRhythmColumn } from './visit-rhythm.js';

type LateSort = 'expected' | 'name';

/** Who became late last is the likeliest to come back. */
export const defaultLateOrder: ListOrder<LateSort> = { name: 'expected', descending: true };

const sortColumns: Readonly<Record<LateSort, SortColumn>> = {
  expected: { expression: sql`totals.expected_visit_on`, type: 'date', id: sql`totals.customer_id` },
  name: { expression: sql`customers.name_pinyin`, type: 'text' },
};

/**
 * Whose customers alone can be found, whatever else is asked for: their totals stand together in the order of the list.
 * Undefined where customers of others are found, or such as are shared with the viewer.
 */
function onlyOwner({ viewer }: ViewerContext, query: LateVisitsQuery): string | undefined {
  const seesOwnAlone = scopeOf(viewer, 'customers:read') === 'own' && viewer.collaborates === false;
  return query.owner === 'me' || seesOwnAlone ? viewer.id : undefined;
}

const LateVisitRow = z.object({
  name: z.string(),
  customer_no: z.string(),
  owner_name: z.string().nullable(),
  last_item: z.string().nullable(),
  last_contact_at: z.date().nullable(),
  attempts: z.number(),
  rhythm: VisitRhythm,
  can_add_contact_records: z.boolean(),
});

export type LateVisitRow = z.infer<typeof LateVisitRow>;

const columnsFor = (context: ViewerContext): Sql => sql`
                customers.name, customers.customer_no, owners.name AS owner_name, totals.last_item,
                activities.last_contact_at, ${attemptsColumn} AS attempts, ${visitRhythmColumn} AS rhythm,
                coalesce(${customerScope(context.viewer, 'contact-records:create')}, FALSE) AS can_add_contact_records`;

/** True where only the group is chosen, or the viewer's own: planning this statement takes four times as long as running it. */
const isUnfiltered = ({ q, owner, team, branch, tier }: LateVisitsQuery): boolean =>
  [q, owner !== 'me' && owner, team, branch, tier].every((filter) => !filter);

/** One page of the customers who did not come when they were expected. */
export function listLateVisits(
  context: ViewerContext,
  query: LateVisitsQuery,
  rules: LateRules,
): Promise<ListResult<LateVisitRow>> {
  const order = query.sort ?? defaultLateOrder;
  const owner = onlyOwner(context, query);
  const pageOrder = { descending: order.descending, cursor: query.after };
  // In the order of the index a page is full soon; otherwise, and where more is asked, the hits are found first.
  const isWalked = isUnfiltered(query) && order.name === 'expected';
  return listPage(context.deps.database, {
    select: columnsFor(context),
    from: customerTables,
    countFrom: countedTables(query.group ?? 'late', owner),
    seekFrom: soughtIn(context, query, { rules, pageOrder, owner }),
    joinsLate: true,
    isUnfiltered: isUnfiltered(query),
    mayBeRare: owner === undefined && !seesAll(context),
    isGathered: query.group === 'tried' ? !seesAll(context) : owner !== undefined && !isWalked,
    id: sql`customers.id`,
    where: conditions(context, query, rules),
    sort: sortColumns[order.name],
    ...pageOrder,
    countCap: lowCountCap,
    row: LateVisitRow,
  });
}

const seesAll = ({ viewer }: ViewerContext): boolean => scopeOf(viewer, 'customers:read') === 'all';

/** What a page is found in, where not in the tables of its rows. */
function soughtIn(
  context: ViewerContext,
  { group }: LateVisitsQuery,
  { rules, pageOrder, owner }: { rules: LateRules; pageOrder: PageOrder; owner: string | undefined },
): Sql | undefined {
  if (group !== 'tried') return owner === undefined ? undefined : soughtTables(owner);
  if (!seesAll(context)) return countedTables(group, owner);
  return triedTables(today(context), numbersOf(rules), {
    column: sql`expected_visit_on`,
    direction: directionOf(pageOrder),
  });
}

/** All of them in the list's order, as far as the viewer may export the customers. */
export function streamLateVisits(
  context: ViewerContext,
  query: LateVisitsQuery,
  rules: LateRules,
): AsyncGenerator<LateVisitRow[]> {
  const order = query.sort ?? defaultLateOrder;
  const direction = rawSql(order.descending ? 'DESC' : 'ASC');
  const { expression, id = sql`customers.id` } = sortColumns[order.name];
  return context.deps.database.stream(
    sql`SELECT ${columnsFor(context)} FROM ${customerTables}
        WHERE ${allOf([...conditions(context, query, rules), customerScope(context.viewer, 'customers:export')])}
        ORDER BY ${expression} ${direction}, ${id} ${direction}`,
    LateVisitRow,
  );
}

function conditions(context: ViewerContext, query: LateVisitsQuery, rules: LateRules): Sql[] {
  const found = [
    customerScope(context.viewer),
    sql`customers.deleted_at IS NULL`,
    ...lateConditions(query.group ?? 'late', today(context), numbersOf(rules)),
  ];
  const owner = onlyOwner(context, query);
  if (owner !== undefined) found.push(isOfOwner(owner));
  if (query.q) found.push(customerMatches(context.deps.cipher, query.q));
  if (query.owner === 'me') found.push(sql`customers.owner_id = ${context.viewer.id}::uuid`);
  if (query.owner === 'none') found.push(sql`customers.owner_id IS NULL`);
  if (query.team) found.push(sql`customers.team_id = ${query.team}::uuid`);
  if (query.branch) found.push(sql`customers.branch_id = ${query.branch}::uuid`);
  if (query.tier) found.push(hasTier(query.tier, today(context)));
  return found;
}

const LateChoices = z.object({ teams: z.array(Choice), branches: z.array(Choice), tiers: z.array(Choice) });

/** What the list can be filtered by. */
export type LateChoices = z.infer<typeof LateChoices>;

/** Read in one statement. */
export const readLateChoices = keepChoices<LateChoices>(async ({ deps }) => {
  const [choices] = await deps.database.preparedRows(
    sql`SELECT ${teamsColumn} AS teams, ${branchesColumn} AS branches, ${allTiersColumn} AS tiers`,
    LateChoices,
  );
  return LateChoices.parse(choices);
});
