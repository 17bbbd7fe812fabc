import { timeZone } from '../../../core/format.js';
import { sql, type Sql } from '../../../core/sql.js';
import type { ContactKind } from '../../customers/contact-point.js';
import { genders } from '../../customers/customers.schemas.js';
import { effectiveTierId } from '../../tiers/effective-tier.js';
import {
  birthdayOperators,
  choiceOperators,
  dateOperators,
  numberOperators,
  textOperators,
  yesNoOperators,
} from '../operators.js';
import type { SegmentField } from '../segment-field.js';
import { namedOptions } from './options.js';
import { tagsField } from './tags-field.js';

/** Birth dates of the lunar calendar fall on other days each year, so they are missing here. */
const solarBirthDate = sql`CASE WHEN customers.birth_calendar = 'solar' THEN customers.birth_date END`;

/** True for customers with a further phone or e-mail address. */
const hasFurther = (kind: ContactKind): Sql => sql`EXISTS (
  SELECT FROM customer_contact_points AS points WHERE points.customer_id = customers.id AND points.kind = ${kind})`;

/** Who the customer is and who looks after them. */
export const customerFields: readonly SegmentField[] = [
  {
    key: 'name',
    area: 'customer',
    label: (t) => t('customers.name'),
    operators: textOperators,
    value: () => sql`customers.name`,
    shown: 'text',
  },
  {
    key: 'kind',
    area: 'customer',
    label: (t) => t('segments.field.kind'),
    operators: choiceOperators,
    value: () => sql`customers.kind`,
    shown: 'choice',
    options: (_choices, t) => [
      { value: 'person', label: t('segments.kindPerson') },
      { value: 'company', label: t('segments.kindCompany') },
    ],
  },
  {
    key: 'gender',
    area: 'customer',
    label: (t) => t('customers.gender'),
    operators: choiceOperators,
    value: () => sql`customers.gender`,
    shown: 'choice',
    options: (_choices, t) => genders.map((value) => ({ value, label: t(`customers.gender.${value}`) })),
  },
  {
    key: 'age',
    area: 'customer',
    label: (t) => t('customers.age'),
    operators: numberOperators,
    value: (today) => sql`CASE WHEN customers.birth_date <= ${today}::date
                               THEN date_part('year', age(${today}::date, customers.birth_date))::integer END`,
    shown: 'number',
  },
  {
    key: 'birthday',
    area: 'customer',
    label: (t) => t('segments.field.birthday'),
    operators: birthdayOperators,
    value: () => sql`to_char(${solarBirthDate}, 'MM-DD')`,
    shown: 'birthday',
  },
  {
    key: 'city',
    area: 'customer',
    label: (t) => t('customers.city'),
    operators: textOperators,
    value: () => sql`customers.city`,
    shown: 'text',
  },
  {
    key: 'source',
    area: 'customer',
    label: (t) => t('customers.source'),
    operators: choiceOperators,
    value: () => sql`customers.source`,
    shown: 'choice',
    options: ({ sources }) => sources.map((source) => ({ value: source, label: source })),
  },
  {
    key: 'branch',
    area: 'customer',
    label: (t) => t('customers.branch'),
    operators: choiceOperators,
    value: () => sql`customers.branch_id::text`,
    shown: 'choice',
    options: ({ branches }) => namedOptions(branches),
  },
  {
    key: 'team',
    area: 'customer',
    label: (t) => t('customers.team'),
    operators: choiceOperators,
    value: () => sql`customers.team_id::text`,
    shown: 'choice',
    options: ({ teams }) => namedOptions(teams),
  },
  {
    key: 'owner',
    area: 'customer',
    label: (t) => t('customers.owner'),
    operators: choiceOperators,
    value: () => sql`customers.owner_id::text`,
    shown: 'choice',
    options: ({ owners }) => namedOptions(owners),
  },
  tagsField,
  {
    key: 'tier',
    area: 'customer',
    label: (t) => t('tiers.tier'),
    operators: choiceOperators,
    value: (today) => sql`(${effectiveTierId(today)})::text`,
    shown: 'choice',
    options: ({ tiers }) => namedOptions(tiers),
  },
  {
    key: 'hasPhone',
    area: 'customer',
    label: (t) => t('segments.field.hasPhone'),
    operators: yesNoOperators,
    value: () => sql`(customers.phone_hash IS NOT NULL OR ${hasFurther('phone')})`,
    shown: 'yesNo',
  },
  {
    key: 'hasEmail',
    area: 'customer',
    label: (t) => t('segments.field.hasEmail'),
    operators: yesNoOperators,
    value: () => sql`(customers.email_hash IS NOT NULL OR ${hasFurther('email')})`,
    shown: 'yesNo',
  },
  {
    key: 'hasWechat',
    area: 'customer',
    label: (t) => t('segments.field.hasWechat'),
    operators: yesNoOperators,
    value: () => sql`(customers.wechat_hash IS NOT NULL)`,
    shown: 'yesNo',
  },
  {
    key: 'firstVisitOn',
    area: 'customer',
    label: (t) => t('customers.firstVisitOn'),
    operators: dateOperators,
    value: () => sql`customers.first_visit_on`,
    shown: 'day',
  },
  {
    key: 'createdOn',
    area: 'customer',
    label: (t) => t('customers.createdAt'),
    operators: dateOperators,
    value: () => sql`(customers.created_at AT TIME ZONE ${timeZone})::date`,
    shown: 'day',
  },
];
