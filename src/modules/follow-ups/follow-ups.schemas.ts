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
import {
  contactChannels,
  contactDirections,
  contactOutcomes,
  contactRecordLimits,
} from '../contact-records/contact-choices.js';
import { optionalTime } from './clock-time.js';
import { dueBuckets } from './due-days.js';

export const followUpStates = ['open', 'done', 'cancelled'] as const;

/** Longest values, in characters. */
export const followUpLimits = { action: 200, reason: 500 } as const;

/** Days by which one click puts a follow-up off. */
export const snoozeDays = ['1', '3', '7'] as const;

/** The part of a form that plans the next follow-up; nothing is planned while all of it is empty. */
export const nextFields = {
  nextOn: optionalDate,
  nextTime: optionalTime,
  nextAction: optionalText(followUpLimits.action),
  nextOwnerId: optionalUuid,
};

const fields = {
  dueOn: isoDate,
  dueTime: optionalTime,
  action: requiredText(followUpLimits.action),
  ownerId: optionalUuid,
};

/** A follow-up planned by itself. `id` is made with the form: sent twice, it plans once. */
export const NewFollowUpForm = z.strictObject({ id: uuid, ...fields, returnTo: returnPath.optional() });

/** What its form begins with when it is opened from a list, and the list to go back to. */
export const FollowUpPrefill = z.strictObject({
  action: fields.action.optional(),
  returnTo: returnPath.optional(),
});

export const FollowUpForm = z.strictObject({ version: rowVersion, ...fields });

/** Done. With an outcome it writes a contact record, under an id made with the form. */
export const CompletionForm = z.strictObject({
  version: rowVersion,
  recordId: uuid,
  channel: z.enum(contactChannels),
  direction: z.enum(contactDirections),
  outcome: z.union([z.literal('').transform(() => null), z.enum(contactOutcomes)]),
  summary: optionalText(contactRecordLimits.summary),
  ...nextFields,
});

/**
 * Put off by some days from today, or from its day when that is later; or to a day of one's own. The version stands in
 * the address, so that one form serves all rows of the list.
 */
export const SnoozeQuery = z.strictObject({ version: rowVersion });
export const SnoozeForm = z.strictObject({
  days: z.enum(snoozeDays).transform(Number).optional(),
  until: optionalDate,
  returnTo: returnPath.default('/follow-ups'),
});

export const CancellationForm = z.strictObject({
  version: rowVersion,
  reason: requiredText(followUpLimits.reason),
});

export const FollowUpParams = z.strictObject({ id: uuid });

export const FollowUpListQuery = z.strictObject({
  ...listParameters(['due']),
  due: optionalFilter(z.enum(dueBuckets)),
  state: optionalFilter(z.enum(followUpStates)),
  owner: optionalFilter(z.union([z.literal('me'), z.literal('all'), uuid])),
});

export type FollowUpListQuery = z.output<typeof FollowUpListQuery>;
export type NewFollowUp = Omit<z.output<typeof NewFollowUpForm>, 'returnTo'>;
export type FollowUpChange = z.output<typeof FollowUpForm>;
export type Completion = z.output<typeof CompletionForm>;
export type Snooze = z.output<typeof SnoozeForm>;
export type NextFields = Pick<Completion, keyof typeof nextFields>;
