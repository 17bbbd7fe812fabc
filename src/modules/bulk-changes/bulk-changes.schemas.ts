import { z } from 'zod';
import { optionalText, uuid, wholeNumber } from '../../core/fields.js';
import { idsParameter, shownCountParameter } from '../../core/lists/list-selection.js';
import { bulkActionNames, bulkChangeNames } from './bulk-actions.js';

/** Longest address of a list that a selection is made of. */
const filter = z.string().max(8_000).default('');

/** What the list sends: an action for the ticked rows, or for all that match its filters. */
export const SelectionQuery = z.strictObject({
  action: z.enum(bulkActionNames).optional(),
  filter,
  count: shownCountParameter.optional(),
  all: z.literal('on').optional(),
  ids: idsParameter,
});

export type SelectionQuery = z.output<typeof SelectionQuery>;

/** The confirmed change. `id` is made with the form: sent twice, it runs once. */
export const BulkChangeForm = z.strictObject({
  id: uuid,
  action: z.enum(bulkChangeNames),
  filter,
  /** How many customers the confirmation named, and when: what comes or changes later is left alone. */
  expected: wholeNumber(0, 2_147_483_647),
  seenAt: z.iso.datetime('errors.notADate').transform((text) => new Date(text)),
  value: optionalText(200),
});

export type BulkChange = z.output<typeof BulkChangeForm>;

export const BulkChangeParams = z.strictObject({ id: uuid });
