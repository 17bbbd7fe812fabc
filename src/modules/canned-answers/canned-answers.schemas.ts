import { z } from 'zod';
import { optionalFilter, requiredText, rowVersion, uuid } from '../../core/fields.js';
import { listParameters } from '../../core/lists/list.js';
import { cannedAnswerLimits } from './canned-answer.js';

/** Letters, digits and hyphens of any script, in lower case; the slash it is typed with may stand before them. */
const shortcut = z
  .string()
  .transform((typed) => typed.trim().normalize('NFC').toLowerCase().replace(/^\//, ''))
  .pipe(
    z
      .string()
      .max(cannedAnswerLimits.shortcut)
      .regex(/^[\p{L}\p{N}-]*$/u, 'cannedAnswers.shortcutLetters'),
  )
  .optional()
  .transform((text) => (text === undefined || text === '' ? null : text));

const fields = {
  name: requiredText(cannedAnswerLimits.name),
  shortcut,
  body: requiredText(cannedAnswerLimits.body),
};

/** `id` is made with the form: sent twice, it creates once. */
export const NewCannedAnswerForm = z.strictObject({ id: uuid, ...fields });
export const CannedAnswerForm = z.strictObject({ version: rowVersion, ...fields });
export const CannedAnswerArchivalForm = z.strictObject({});
export const CannedAnswerDeletionForm = z.strictObject({ version: rowVersion });
export const CannedAnswerParams = z.strictObject({ id: uuid });

export const CannedAnswerListQuery = z.strictObject({
  ...listParameters(['name']),
  state: optionalFilter(z.enum(['archived', 'all'])),
});

export type NewCannedAnswer = z.output<typeof NewCannedAnswerForm>;
export type CannedAnswerChange = z.output<typeof CannedAnswerForm>;
export type CannedAnswerListQuery = z.output<typeof CannedAnswerListQuery>;
