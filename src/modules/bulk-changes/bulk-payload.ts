import { z } from 'zod';
import type { Cipher } from '../../core/cipher.js';
import { bulkSubjectNames } from './bulk-subjects.js';

export const bulkTaskKind = 'bulk-changes.run';

/** What a worker needs to know about a change. */
export const BulkPayload = z.object({
  actionId: z.uuid(),
  /** Those from before others could be changed have none. */
  subject: z.enum(bulkSubjectNames).default('customers'),
  action: z.string(),
  value: z.string(),
  label: z.string(),
  /** Encrypted, because a search can be for a phone number. */
  filterEncrypted: z.string(),
  /** Encrypted, because it can say something of the customers; tasks from before reasons were given have none. */
  reasonEncrypted: z.string().optional(),
  expected: z.number(),
  seenAt: z.iso.datetime().transform((text) => new Date(text)),
});

export type BulkPayload = z.output<typeof BulkPayload>;

const place = (actionId: string) => ({ table: 'background_tasks', column: 'payload', recordId: actionId });

/** Words of whoever started it, as they are kept. */
export const sealWords = (cipher: Cipher, actionId: string, words: string): string =>
  cipher.encrypt(words, place(actionId));

/** @throws Error when the key is not at hand. */
export const openFilter = (cipher: Cipher, { actionId, filterEncrypted }: BulkPayload): string =>
  cipher.decrypt(filterEncrypted, place(actionId));

/** null where none was given. @throws Error when the key is not at hand. */
export const openReason = (cipher: Cipher, { actionId, reasonEncrypted }: BulkPayload): string | null =>
  reasonEncrypted === undefined ? null : cipher.decrypt(reasonEncrypted, place(actionId));
