import { z } from 'zod';
import {
  isoDate,
  listOf,
  optionalDate,
  optionalText,
  requiredText,
  returnPath,
  rowVersion,
  uuid,
} from '../../core/fields.js';
import { optionalTime } from '../follow-ups/clock-time.js';
import { followUpLimits, nextFields } from '../follow-ups/follow-ups.schemas.js';
import {
  contactChannels,
  contactDirections,
  contactOutcomes,
  contactRecordLimits,
} from './contact-choices.js';

const fields = {
  channel: z.enum(contactChannels),
  direction: z.enum(contactDirections),
  outcome: z.enum(contactOutcomes),
  summary: optionalText(contactRecordLimits.summary).transform((text) => text ?? ''),
  happenedOn: optionalDate,
  happenedTime: optionalTime,
};

/**
 * What happened and what comes next, in one form: the contact, the follow-ups that it finishes, the next follow-up.
 * `id` is made with the form: sent twice, it is stored once.
 */
export const NewContactRecordForm = z.strictObject({
  id: uuid,
  ...fields,
  finish: listOf(uuid, 20),
  ...nextFields,
  returnTo: returnPath.optional(),
});

/** What the form begins with when it is opened from a list, and the list to go back to. */
export const ContactPrefill = z.strictObject({
  nextOn: isoDate.optional(),
  nextAction: requiredText(followUpLimits.action).optional(),
  returnTo: returnPath.optional(),
});

export const ContactRecordForm = z.strictObject({ version: rowVersion, ...fields });
export const DeletionForm = z.strictObject({ version: rowVersion });
export const ContactRecordParams = z.strictObject({ id: uuid });

export type NewContactRecord = z.output<typeof NewContactRecordForm>;
export type ContactRecordChange = z.output<typeof ContactRecordForm>;
