import { timeZone } from '../../core/format.js';
import { allOf, sql, type Sql } from '../../core/sql.js';
import type { PlanRule } from './return-visit-plan.js';

/** Days, both included. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/** Purchases of at most so many days ago still count when the nightly job could not run in between. */
export const catchUpDays = 14;

/**
 * What gives rise to a return visit by a plan within a period, as a SELECT: customer, who served, what it was about and
 * the day of the occasion. By rhythm the period is that of the last visits. One row for each customer and day.
 */
export function occasions(rule: PlanRule, { from, to }: Period): Sql {
  switch (rule.trigger) {
    case 'afterClosing':
      return sql`
        SELECT requests.customer_id, requests.assignee_id AS served_by, requests.subject AS about,
               (requests.closed_at AT TIME ZONE ${timeZone})::date AS day
        FROM service_requests AS requests
        JOIN request_types AS types ON types.id = requests.type_id
        JOIN request_states AS states ON states.id = requests.state_id
        JOIN customers ON customers.id = requests.customer_id AND customers.deleted_at IS NULL
        WHERE requests.closed_at >= ${from}::date::timestamp AT TIME ZONE ${timeZone}
          AND requests.closed_at < (${to}::date + 1)::timestamp AT TIME ZONE ${timeZone}
          AND requests.deleted_at IS NULL AND requests.source_no IS NULL
          AND states.shipped_key IS DISTINCT FROM 'cancelled' AND ${ofType(rule)}`;
    case 'afterPurchase':
      return sql`
        SELECT DISTINCT ON (purchases.customer_id, purchased_on)
               purchases.customer_id, purchases.staff_id AS served_by, purchases.item AS about, purchased_on AS day
        FROM purchases JOIN customers ON customers.id = purchases.customer_id AND customers.deleted_at IS NULL
        WHERE purchased_on BETWEEN ${from}::date AND ${to}::date AND amount > 0 AND ${ofItem(rule)}
        ORDER BY purchases.customer_id, purchased_on, purchases.id`;
    case 'rhythm':
      return sql`
        SELECT totals.customer_id, NULL::uuid AS served_by, totals.last_item AS about, totals.last_purchase_on AS day
        FROM customer_purchase_totals AS totals
        JOIN customers ON customers.id = totals.customer_id AND customers.deleted_at IS NULL
        WHERE totals.last_purchase_on BETWEEN ${from}::date AND ${to}::date`;
  }
}

/** A return visit gives no rise to the next one, or there would be no end to it. */
const ofType = ({ typeId }: PlanRule): Sql =>
  allOf([
    sql`types.behaviour <> 'returnVisit'`,
    ...(typeId === null ? [] : [sql`requests.type_id = ${typeId}::uuid`]),
  ]);

const ofItem = ({ item }: PlanRule): Sql =>
  item === null ? sql`TRUE` : sql`position(lower(${item}) IN lower(purchases.item)) > 0`;
