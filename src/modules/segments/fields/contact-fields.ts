import { timeZone } from '../../../core/format.js';
import { sql } from '../../../core/sql.js';
import { dateOperators } from '../operators.js';
import type { SegmentField } from '../segment-field.js';

/** When somebody was in contact with the customer, and will be. */
export const contactFields: readonly SegmentField[] = [
  {
    key: 'lastContactOn',
    area: 'contact',
    label: (t) => t('customers.lastContact'),
    operators: dateOperators,
    value: () => sql`(activities.last_contact_at AT TIME ZONE ${timeZone})::date`,
    shown: 'day',
  },
  {
    key: 'nextFollowUpOn',
    area: 'contact',
    label: (t) => t('customers.nextFollowUp'),
    operators: dateOperators,
    value: () => sql`activities.next_follow_up_on`,
    shown: 'day',
  },
];
