import type { Cipher } from '../../../core/cipher.js';
import type { CustomFieldName } from '../../custom-fields/custom-values.js';
import type { CustomerField } from './customer-fields.js';
import type { FieldValues, ReadRow } from './read-row.js';

export type CustomerValues = FieldValues<CustomerField | CustomFieldName>;

/** A row with the keyed hash by which its phone is found. */
export type WithPhoneHash<Row extends object> = Row & { readonly phoneHash: string | undefined };

export interface CustomerRow extends WithPhoneHash<ReadRow<CustomerField | CustomFieldName>> {
  /** Known only where e-mail addresses tell who a customer is. */
  readonly emailHash: string | undefined;
}

export function withPhoneHash<Row extends ReadRow<'phone'>>(cipher: Cipher, row: Row): WithPhoneHash<Row> {
  const { phone } = row.values;
  return { ...row, phoneHash: phone === undefined ? undefined : cipher.searchHash('phone', phone) };
}

/** The keyed hash by which the e-mail address of a row is found. */
export function emailHashOf(cipher: Cipher, { values }: ReadRow<'email'>): string | undefined {
  return values.email === undefined ? undefined : cipher.searchHash('email', values.email);
}
