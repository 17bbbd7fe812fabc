import { z } from 'zod';
import {
  isoDate,
  optionalDate,
  optionalFilter,
  optionalText,
  optionalUuid,
  requiredText,
  returnPath,
  rowVersion,
  uuid,
} from '../../core/fields.js';
import { listParameters } from '../../core/lists/list.js';
import { requestLimits } from '../service-requests/request.js';
import { reachedOutcomes, visitLimits } from './return-visit.js';

/** To be called today, on a later day, to win back, done. */
export const visitGroups = ['today', 'upcoming', 'winBack', 'done'] as const;
export type VisitGroup = (typeof visitGroups)[number];

export const ReturnVisitsQuery = z.strictObject({
  ...listParameters(['window']),
  group: optionalFilter(z.enum(visitGroups)),
  owner: optionalFilter(z.union([z.enum(['me', 'none']), uuid])),
  plan: optionalFilter(z.union([z.literal('none'), uuid])),
  branch: optionalFilter(uuid),
});

export type ReturnVisitsQuery = z.output<typeof ReturnVisitsQuery>;

/** An export has no pages. */
export const ReturnVisitsExportQuery = ReturnVisitsQuery.omit({ after: true });

export const VisitParams = z.strictObject({ id: uuid });

/** The id of the contact record is made with the list and stands in the address, so that one form serves all rows. */
export const AttemptQuery = z.strictObject({ contact: uuid });
export const AttemptForm = z.strictObject({
  choice: z.literal('notReached'),
  returnTo: returnPath.default('/return-visits'),
});

export const OutcomeQuery = z.strictObject({ returnTo: returnPath.optional() });

const windowInOrder = ({
  windowFrom,
  windowTo,
}: {
  windowFrom: string | null;
  windowTo: string | null;
}): boolean => windowFrom === null || windowTo === null || windowFrom <= windowTo;
const outOfOrder = { path: ['windowTo'], message: 'returnVisits.windowOutOfOrder' };

/** `id` is that of the contact record: sent twice, it is written once. */
export const OutcomeForm = z
  .strictObject({
    id: uuid,
    version: rowVersion,
    outcome: z.enum(reachedOutcomes),
    word: optionalText(visitLimits.word),
    windowFrom: optionalDate,
    windowTo: optionalDate,
    returnTo: returnPath.default('/return-visits'),
  })
  .refine(({ outcome, windowFrom }) => outcome !== 'moved' || windowFrom !== null, {
    path: ['windowFrom'],
    message: 'returnVisits.newWindowMissing',
  })
  .refine(windowInOrder, outOfOrder);

export type OutcomeForm = z.output<typeof OutcomeForm>;

/** For a customer, or for that of a request. */
export const NewVisitQuery = z.strictObject({
  customerId: optionalFilter(uuid),
  requestId: optionalFilter(uuid),
});

export const NewVisitForm = z
  .strictObject({
    id: uuid,
    customerId: uuid,
    requestId: optionalUuid,
    subject: requiredText(requestLimits.subject),
    windowFrom: isoDate,
    windowTo: isoDate,
    assigneeId: optionalUuid,
  })
  .refine(windowInOrder, outOfOrder);

export type NewVisit = z.output<typeof NewVisitForm>;
