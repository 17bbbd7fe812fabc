import { z } from 'zod';
import { listOf, optionalDate, optionalText, rowVersion, uuid } from '../../core/fields.js';
import { optionalTime } from '../follow-ups/clock-time.js';
import { nextFields } from '../follow-ups/follow-ups.schemas.js';
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
});

export const ContactRecordForm = z.strictObject({ version: rowVersion, ...fields });
export const DeletionForm = z.strictObject({ version: rowVersion });
export const ContactRecordParams = z.strictObject({ id: uuid });

export type NewContactRecord = z.output<typeof NewContactRecordForm>;
export type ContactRecordChange = z.output<typeof ContactRecordForm>;
