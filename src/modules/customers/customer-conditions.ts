import type { ViewerContext } from '../../core/context.js';
import { dayOf, timeZone } from '../../core/format.js';
import { sql, type Sql } from '../../core/sql.js';
import { fallsIntoPoolSoon } from '../public-pool/customer-pool.js';
import { isInSegment } from '../segments/customer-segments.js';
import { hasTier } from '../tiers/effective-tier.js';
import { isFoundInLateGroup, isInLateGroup } from '../visit-rhythm/late-customers.js';
import { notContactedSince, plannedWithin } from './activity-conditions.js';
import { isSharedWith } from './collaborator.js';
import { customerHolds, customerMatches } from './customer-search.js';
import { customerScope } from './customers.scope.js';
import type { CustomerListQuery } from './customers.schemas.js';
import { hasBirthday, hasContact, isOfAge } from './person-conditions.js';
import { customValueConditions, hasTag } from './profile-conditions.js';
import { purchaseConditions } from './purchase-conditions.js';

/** The conditions of the list: what the viewer may see, nothing deleted, and the filters. For reading every hit. */
export const customerConditions = (context: ViewerContext, query: CustomerListQuery): Sql[] => [
  ...conditionsWithoutLate(context, query),
  ...(query.late ? [isInLateGroup(query.late, dayOf(context.deps.now()))] : []),
];

/** The same conditions for statements that stop at the first hits. */
export const firstCustomerConditions = (
  context: ViewerContext,
  query: CustomerListQuery,
  matches = customerMatches,
): Sql[] => [
  ...conditionsWithoutLate(context, query, matches),
  ...(query.late ? [isFoundInLateGroup(query.late, dayOf(context.deps.now()))] : []),
];

/** And for those that ask one row after the other. */
export const walkedCustomerConditions = (context: ViewerContext, query: CustomerListQuery): Sql[] =>
  firstCustomerConditions(context, query, customerHolds);

const conditionsWithoutLate = (
  context: ViewerContext,
  query: CustomerListQuery,
  matches = customerMatches,
): Sql[] => [
  customerScope(context.viewer),
  sql`customers.deleted_at IS NULL`,
  ...(query.q ? [matches(context.deps.cipher, query.q)] : []),
  ...ownConditions(context, query),
  ...personConditions(context, query),
  ...relatedConditions(context, query),
];

/** True for filters by what stands in other tables or in no index: finding is the work then, and counting ends early. */
export function isSlowToCount(query: CustomerListQuery): boolean {
  const { q, tag, andTag, tier, segment, custom, customFrom, customTo, late, poolSoon } = query;
  const { nextFollowUp, notContactedSince: uncontacted, birthMonth } = query;
  const related = [q, tag, andTag, tier, segment, late, poolSoon, nextFollowUp, uncontacted, birthMonth];
  const ofCustomFields = [custom, customFrom, customTo].map((filters) => Object.keys(filters ?? {}).length);
  return (
    related.some(Boolean) || ofCustomFields.some((count) => count > 0) || purchaseConditions(query).length > 0
  );
}

/** Filters by what the record says about where it belongs and came from. */
function ownConditions({ viewer }: ViewerContext, query: CustomerListQuery): Sql[] {
  const conditions: Sql[] = [];
  if (query.ids) conditions.push(sql`customers.id = ANY(${query.ids}::uuid[])`);
  if (query.kind) conditions.push(sql`customers.kind = ${query.kind}`);
  if (query.source) conditions.push(sql`customers.source = ${query.source}`);
  if (query.city) conditions.push(sql`customers.city = ${query.city}`);
  if (query.owner === 'me') conditions.push(sql`customers.owner_id = ${viewer.id}::uuid`);
  else if (query.owner === 'shared') conditions.push(isSharedWith(viewer.id));
  else if (query.owner) conditions.push(isChosen(sql`customers.owner_id`, query.owner));
  if (query.team) conditions.push(isChosen(sql`customers.team_id`, query.team));
  if (query.branch) conditions.push(isChosen(sql`customers.branch_id`, query.branch));
  if (query.createdFrom)
    conditions.push(
      sql`customers.created_at >= ${query.createdFrom}::date::timestamp AT TIME ZONE ${timeZone}`,
    );
  if (query.createdTo)
    conditions.push(
      sql`customers.created_at < (${query.createdTo}::date + 1)::timestamp AT TIME ZONE ${timeZone}`,
    );
  if (query.firstVisitFrom) conditions.push(sql`customers.first_visit_on >= ${query.firstVisitFrom}::date`);
  if (query.firstVisitTo) conditions.push(sql`customers.first_visit_on <= ${query.firstVisitTo}::date`);
  return conditions;
}

const isChosen = (column: Sql, choice: string): Sql =>
  choice === 'none' ? sql`${column} IS NULL` : sql`${column} = ${choice}::uuid`;

/** Filters by who the customer is and how to reach them. */
function personConditions({ deps }: ViewerContext, query: CustomerListQuery): Sql[] {
  const conditions: Sql[] = [];
  if (query.gender === 'none') conditions.push(sql`customers.gender IS NULL`);
  else if (query.gender) conditions.push(sql`customers.gender = ${query.gender}`);
  if (query.ageFrom !== undefined || query.ageTo !== undefined)
    conditions.push(isOfAge(query.ageFrom, query.ageTo, dayOf(deps.now())));
  if (query.birthMonth) conditions.push(hasBirthday(query.birthMonth));
  if (query.hasPhone) conditions.push(hasContact('phone', query.hasPhone === 'yes'));
  if (query.hasEmail) conditions.push(hasContact('email', query.hasEmail === 'yes'));
  if (query.hasWechat) conditions.push(hasContact('wechat', query.hasWechat === 'yes'));
  return conditions;
}

/** Filters by what stands in other tables, and by custom fields. */
function relatedConditions({ deps }: ViewerContext, query: CustomerListQuery): Sql[] {
  const day = dayOf(deps.now());
  const conditions = [...(query.tag ?? []), ...(query.andTag ? [query.andTag] : [])].map(hasTag);
  if (query.segment) conditions.push(isInSegment(query.segment));
  if (query.tier) conditions.push(hasTier(query.tier, day));
  if (query.poolSoon) conditions.push(fallsIntoPoolSoon(day));
  if (query.nextFollowUp) conditions.push(plannedWithin(query.nextFollowUp, day));
  if (query.notContactedSince) conditions.push(notContactedSince(query.notContactedSince));
  return [...conditions, ...customValueConditions(query), ...purchaseConditions(query)];
}
