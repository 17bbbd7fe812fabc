import type { WithPhoneHash } from './customer-row.js';
import type { ReadRow } from './read-row.js';
import type { RequestField } from './request-fields.js';

/** A row of a file of requests with the keyed hashes by which its customer is found. */
export interface RequestRow extends WithPhoneHash<ReadRow<RequestField>> {
  readonly emailHash: string | undefined;
}
