import { z } from 'zod';
import {
  checkbox,
  isoDate,
  optionalDate,
  optionalFilter,
  optionalText,
  optionalUuid,
  requiredText,
  rowVersion,
  uuid,
  wholeNumber,
} from '../../core/fields.js';
import { listParameters } from '../../core/lists/list.js';
import { requestLimits } from '../service-requests/request.js';
import { recurrenceLimits, recurrenceUnits } from './recurrence.js';

/** Running, paused or at their end. */
export const recurringStates = ['running', 'stopped'] as const;

export const RecurringQuery = z.strictObject({
  ...listParameters(['next']),
  state: optionalFilter(z.enum(recurringStates)),
  customer: optionalFilter(uuid),
});

export type RecurringQuery = z.output<typeof RecurringQuery>;

const fields = {
  typeId: uuid,
  categoryId: optionalUuid,
  servedThingId: optionalUuid,
  subject: requiredText(requestLimits.subject),
  description: optionalText(requestLimits.description),
  assigneeId: optionalUuid,
  unit: z.enum(recurrenceUnits),
  every: wholeNumber(...recurrenceLimits.every),
  startsOn: isoDate,
  endsOn: optionalDate,
  leadDays: wholeNumber(...recurrenceLimits.leadDays),
  /** Whoever sends it has seen the next days. */
  isPreviewed: checkbox,
};

const isInOrder = ({ startsOn, endsOn }: { startsOn: string; endsOn: string | null }): boolean =>
  endsOn === null || startsOn <= endsOn;
const outOfOrder = { path: ['endsOn'], message: 'recurringRequests.endOutOfOrder' };

/** `id` is made with the form: sent twice, it creates once. */
export const NewRecurringForm = z
  .strictObject({ id: uuid, customerId: uuid, ...fields })
  .refine(isInOrder, outOfOrder);
export const RecurringForm = z.strictObject({ ...fields, version: rowVersion }).refine(isInOrder, outOfOrder);

export type RecurringFields = Omit<z.output<typeof RecurringForm>, 'version' | 'isPreviewed'>;

export const RecurringParams = z.strictObject({ id: uuid });
export const NewRecurringQuery = z.strictObject({ customerId: optionalFilter(uuid) });
export const RecurringVersionForm = z.strictObject({ version: rowVersion });
