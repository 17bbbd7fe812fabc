import type { Cipher } from '../../../core/cipher.js';
import type { CustomerField } from './customer-fields.js';
import type { FieldValues, ReadRow } from './read-row.js';

export type CustomerValues = FieldValues<CustomerField>;

/** A row with the keyed hashes by which its phone and e-mail address are found. */
export type WithHashes<Row> = Row & {
  readonly phoneHash: string | undefined;
  readonly emailHash: string | undefined;
};

export type CustomerRow = WithHashes<ReadRow<CustomerField>>;

export function withHashes<Row extends ReadRow<'phone' | 'email'>>(cipher: Cipher, row: Row): WithHashes<Row> {
  const { phone, email } = row.values;
  return {
    ...row,
    phoneHash: phone === undefined ? undefined : cipher.searchHash('phone', phone),
    emailHash: email === undefined ? undefined : cipher.searchHash('email', email),
  };
}
