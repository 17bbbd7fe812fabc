import type { ViewerContext } from '../../core/context.js';
import { formatDay } from '../../core/format.js';
import type { MessageKey } from '../../core/i18n.js';
import { customValueText } from '../custom-fields/custom-value-text.js';
import { contactFields, openContact, type ContactField } from '../customers/contact-details.js';
import type { CustomerRecord } from '../customers/customers.queries.js';
import { maskedContact } from '../customers/masked-contact.js';
import { fitsTogether, type MergeField } from './merge-fields.js';
import type { Comparison } from './merge.queries.js';
import type { Side } from './merge.schemas.js';

export const fieldLabels = {
  name: 'customers.name',
  phone: 'customers.phone',
  gender: 'customers.gender',
  birthDate: 'customers.birthDate',
  email: 'customers.email',
  wechat: 'customers.wechat',
  city: 'customers.city',
  address: 'customers.address',
  source: 'customers.source',
  firstVisitOn: 'customers.firstVisitOn',
  owner: 'customers.owner',
  branch: 'customers.branch',
  habits: 'customers.habits',
  preferences: 'customers.preferences',
  needs: 'customers.needs',
  customValues: 'duplicates.customValues',
  remark: 'customers.remark',
} as const satisfies Record<MergeField, MessageKey>;

type PlainField = Exclude<MergeField, ContactField>;

const plainValues: Readonly<Record<PlainField, (customer: CustomerRecord) => string | null>> = {
  name: ({ name }) => name,
  gender: ({ gender }) => gender,
  birthDate: ({ birth_date: day, birth_calendar: calendar }) => day && `${day} ${calendar}`,
  city: ({ city }) => city,
  source: ({ source }) => source,
  firstVisitOn: ({ first_visit_on: day }) => day,
  owner: ({ owner_id: id }) => id,
  branch: ({ branch_id: id }) => id,
  habits: ({ habits }) => habits,
  preferences: ({ preferences }) => preferences,
  needs: ({ needs }) => needs,
  customValues: ({ custom_values: values }) =>
    Object.keys(values).length === 0 ? null : JSON.stringify(values),
  remark: ({ remark }) => remark,
};

const isContactField = (field: MergeField): field is ContactField =>
  contactFields.some((name) => name === field);

/** What a customer has in a field, as it is compared; '' for nothing. Contact data in clear: never to be shown. */
function storedValue({ deps }: ViewerContext, customer: CustomerRecord, field: MergeField): string {
  const value = isContactField(field)
    ? openContact(deps.cipher, customer.id, field, customer[`${field}_encrypted`])
    : plainValues[field](customer);
  return value ?? '';
}

/** True when both have the same in a field, or neither has anything. */
export const isSame = (context: ViewerContext, { first, second }: Comparison, field: MergeField): boolean =>
  storedValue(context, first, field) === storedValue(context, second, field);

/** What is proposed: the one that is filled, of two filled ones that of the record changed last; both remarks; the earlier first visit. */
export function proposedChoice(
  context: ViewerContext,
  { first, second }: Comparison,
  field: MergeField,
): Side | 'both' {
  const values = { first: storedValue(context, first, field), second: storedValue(context, second, field) };
  if (values.first === '') return 'second';
  if (values.second === '') return 'first';
  if (field === 'remark' && fitsTogether(first.remark, second.remark)) return 'both';
  if (field === 'firstVisitOn') return values.first <= values.second ? 'first' : 'second';
  return first.updated_at >= second.updated_at ? 'first' : 'second';
}

/** A field of a customer as it is shown: contact data masked; '' for nothing. */
export function shownValue(context: ViewerContext, customer: CustomerRecord, field: MergeField): string {
  if (isContactField(field)) return maskedContact(context, customer)[field];
  const { t, locale } = context;
  switch (field) {
    case 'gender':
      return customer.gender === null ? '' : t(`customers.gender.${customer.gender}`);
    case 'birthDate':
      return birthText(context, customer);
    case 'firstVisitOn':
      return formatDay(customer.first_visit_on, locale);
    case 'owner':
      return customer.owner_name ?? t('customers.ownerNone');
    case 'customValues':
      return customValuesText(context, customer);
    case 'branch':
      return customer.branch_name ?? '';
    default:
      return plainValues[field](customer) ?? '';
  }
}

/** The values of the custom fields in use, in one line. */
const customValuesText = (context: ViewerContext, customer: CustomerRecord): string =>
  customer.custom_fields
    .map((field) => [field.label, customValueText(context, field, customer.custom_values[field.key])])
    .filter(([, text]) => text !== '')
    .map((parts) => parts.join(' '))
    .join(context.t('common.listSeparator'));

function birthText({ t, locale }: ViewerContext, customer: CustomerRecord): string {
  const day = formatDay(customer.birth_date, locale);
  return customer.birth_date !== null && customer.birth_calendar === 'lunar'
    ? `${day} ${t('customers.birthCalendar.lunar')}`
    : day;
}
