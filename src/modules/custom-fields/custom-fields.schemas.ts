import { z } from 'zod';
import { checkbox, optionalText, requiredText, rowVersion, uuid } from '../../core/fields.js';
import { customFieldKinds, customFieldLimits, CustomFieldKey } from './custom-field.js';

const { choices: mostChoices, choice: longestChoice } = customFieldLimits;

/** One choice to a line; empty lines do not count. */
const choices = optionalText(mostChoices * (longestChoice + 2))
  .transform((text) => (text ?? '').split('\n').flatMap((line) => line.trim() || []))
  .superRefine((lines, context) => {
    const refuse = (message: string): void => context.addIssue({ code: 'custom', message, input: lines });
    if (lines.length > mostChoices) refuse('customFields.choicesTooMany');
    if (lines.some((line) => line.length > longestChoice)) refuse('customFields.choiceTooLong');
    if (new Set(lines).size < lines.length) refuse('customFields.choiceTwice');
  });

const fields = { label: requiredText(customFieldLimits.label), choices, isRequired: checkbox };

/** A new field; without a key it gets one made from its label. */
export const NewCustomFieldForm = z.strictObject({
  ...fields,
  key: z.union([z.literal('').transform(() => undefined), CustomFieldKey]).optional(),
  kind: z.enum(customFieldKinds),
});

/** `removesHeld` says that choices may go that customers hold. */
export const CustomFieldForm = z.strictObject({ ...fields, version: rowVersion, removesHeld: checkbox });

export type NewCustomField = z.output<typeof NewCustomFieldForm>;
export type CustomFieldChange = z.output<typeof CustomFieldForm>;

export const CustomFieldParams = z.strictObject({ id: uuid });
export const PositionForm = z.strictObject({ direction: z.enum(['up', 'down']) });
export const ArchivalForm = z.strictObject({});
