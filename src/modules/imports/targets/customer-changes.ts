import type { Cipher } from '../../../core/cipher.js';
import { openContact } from '../../customers/contact-details.js';
import type { CustomField } from '../../custom-fields/custom-field.js';
import { customFieldName, typedText, type CustomFieldName } from '../../custom-fields/custom-values.js';
import { missingTags } from './tag-cells.js';
import type { CustomerField } from './customer-fields.js';
import { emailHashOf, type CustomerRow, type CustomerValues } from './customer-row.js';
import type { KnownCustomer } from './known-customers.js';

const plainColumns = {
  name: 'name',
  kind: 'kind',
  gender: 'gender',
  birthDate: 'birth_date',
  city: 'city',
  source: 'source',
  firstVisitOn: 'first_visit_on',
  remark: 'remark',
  habits: 'habits',
  preferences: 'preferences',
  needs: 'needs',
} as const satisfies Partial<Record<CustomerField, keyof KnownCustomer>>;

const names = [
  'name',
  'kind',
  'gender',
  'birthDate',
  'city',
  'source',
  'firstVisitOn',
  'remark',
  'habits',
  'preferences',
  'needs',
] as const;

/**
 * What a row would change about a stored customer; empty when it says nothing new. Empty cells never erase. Encrypted
 * values differ each time they are written, so phone and e-mail are compared by hash and the others in clear; one that
 * the customer has besides the first is not new.
 */
export function customerChanges(
  cipher: Cipher,
  customFields: readonly CustomField[],
  row: CustomerRow,
  customer: KnownCustomer,
): CustomerValues {
  const { values } = row;
  const changes: Partial<Record<CustomerField | CustomFieldName, string>> = {};
  for (const name of names) {
    if (values[name] !== undefined && values[name] !== customer[plainColumns[name]])
      changes[name] = values[name];
  }
  const isNews = (hash: string | undefined, first: string | null): boolean =>
    hash !== undefined && hash !== first && !customer.further_hashes.includes(hash);
  if (isNews(row.phoneHash, customer.phone_hash) && values.phone !== undefined) changes.phone = values.phone;
  if (isNews(emailHashOf(cipher, row), customer.email_hash) && values.email !== undefined)
    changes.email = values.email;
  for (const name of ['wechat', 'address'] as const) {
    if (values[name] === undefined) continue;
    const stored = openContact(cipher, customer.id, name, customer[`${name}_encrypted`]);
    if (values[name] !== stored) changes[name] = values[name];
  }
  const tags = values.tags === undefined ? undefined : missingTags(values.tags, customer.tag_names);
  if (tags !== undefined) changes.tags = tags;
  for (const { key } of customFields) {
    const name = customFieldName(key);
    if (values[name] !== undefined && values[name] !== typedText(customer.custom_values[key]))
      changes[name] = values[name];
  }
  return changes;
}
