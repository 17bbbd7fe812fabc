import { sql } from '../../../core/sql.js';
import { countOperators, dateOperators, moneyOperators, numberOperators } from '../operators.js';
import type { SegmentField } from '../segment-field.js';
import { amountWithin, boughtWithin, countWithin } from './purchase-windows.js';

/** What the customer bought. */
export const purchaseFields: readonly SegmentField[] = [
  {
    key: 'totalAmount',
    area: 'purchases',
    label: (t) => t('customers.totalAmount'),
    operators: moneyOperators,
    value: () => sql`totals.total_amount`,
    shown: 'money',
  },
  {
    key: 'purchaseCount',
    area: 'purchases',
    label: (t) => t('customers.purchaseCount'),
    operators: countOperators,
    value: () => sql`totals.purchase_count`,
    shown: 'number',
  },
  {
    key: 'visitCount',
    area: 'purchases',
    label: (t) => t('segments.field.visitCount'),
    operators: countOperators,
    value: () => sql`totals.visit_count`,
    shown: 'number',
  },
  {
    key: 'visitIntervalDays',
    area: 'purchases',
    label: (t) => t('segments.field.visitIntervalDays'),
    operators: numberOperators,
    value: () => sql`totals.visit_interval_days`,
    shown: 'number',
  },
  {
    key: 'firstPurchaseOn',
    area: 'purchases',
    label: (t) => t('customers.firstPurchaseOn'),
    operators: dateOperators,
    value: () => sql`totals.first_purchase_on`,
    shown: 'day',
  },
  {
    key: 'lastPurchaseOn',
    area: 'purchases',
    label: (t) => t('customers.lastPurchaseOn'),
    operators: dateOperators,
    value: () => sql`totals.last_purchase_on`,
    shown: 'day',
  },
  {
    key: 'expectedVisitOn',
    area: 'purchases',
    label: (t) => t('segments.field.expectedVisitOn'),
    operators: dateOperators,
    value: () => sql`totals.expected_visit_on`,
    shown: 'day',
  },
  amountWithin,
  countWithin,
  boughtWithin,
];
