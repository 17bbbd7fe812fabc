import { z } from 'zod';
import { optionalText, requiredText, uuid, wholeNumber } from '../../core/fields.js';
import { idsParameter, shownCountParameter } from '../../core/lists/list-selection.js';
import { requestLimits } from '../service-requests/request.js';
import { exportAction } from './bulk-actions.js';
import type { BulkSubject } from './bulk-subject.js';

/** Longest address of a list that a selection is made of. */
const filter = z.string().max(8_000).default('');

const namesOf = ({ actions }: BulkSubject): string[] => actions.map(({ name }) => name);

/** What the list sends: an action for the ticked rows, or for all that match its filters; and the value once it is chosen. */
export const selectionQueryOf = (subject: BulkSubject) =>
  z.strictObject({
    action: z.enum([...namesOf(subject), exportAction]).optional(),
    filter,
    count: shownCountParameter.optional(),
    all: z.literal('on').optional(),
    ids: idsParameter,
    value: z.union([z.literal(''), requiredText(200)]).optional(),
  });

export type SelectionQuery = z.output<ReturnType<typeof selectionQueryOf>>;

/** The confirmed change. `id` is made with the form: sent twice, it runs once. */
export const bulkChangeFormOf = (subject: BulkSubject) =>
  z.strictObject({
    id: uuid,
    action: z.enum(namesOf(subject)),
    filter,
    /** How many records the confirmation named, and when: what comes or changes later is left alone. */
    expected: wholeNumber(0, 2_147_483_647),
    seenAt: z.iso.datetime('errors.notADate').transform((text) => new Date(text)),
    value: optionalText(200),
    reason: optionalText(requestLimits.reason),
  });

export type BulkChange = z.output<ReturnType<typeof bulkChangeFormOf>>;

export const BulkChangeParams = z.strictObject({ id: uuid });
