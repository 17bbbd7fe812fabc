import { z } from 'zod';
import {
  listOf,
  optionalFilter,
  optionalText,
  optionalUuid,
  requiredText,
  rowVersion,
  uuid,
  wholeNumber,
} from '../../core/fields.js';
import { contactChannels } from '../contact-records/contact-choices.js';
import { ruleLimits } from './classification-rule.js';

const { name, words: mostWords, word: longestWord, trial } = ruleLimits;

/** Words with commas or line ends between them; the same one twice counts once. */
const words = optionalText(mostWords * (longestWord + 2))
  .transform((text) => [...new Set((text ?? '').split(/[,，、;；\n]/).flatMap((part) => part.trim() || []))])
  .superRefine((found, context) => {
    const refuse = (message: string): void => context.addIssue({ code: 'custom', message, input: found });
    if (found.length > mostWords) refuse('classificationRules.tooManyWords');
    if (found.some((word) => word.length > longestWord)) refuse('classificationRules.wordTooLong');
  });

const fields = {
  name: requiredText(name),
  words,
  channels: listOf(z.enum(contactChannels), contactChannels.length),
  tierIds: listOf(uuid, 50),
  typeIds: listOf(uuid, 50),
  typeId: optionalUuid,
  categoryId: optionalUuid,
  priority: z
    .union([z.literal('').transform(() => null), wholeNumber(1, 4)])
    .optional()
    .transform((priority) => priority ?? null),
  teamId: optionalUuid,
};

type Sent = z.output<z.ZodObject<typeof fields>>;

const hasCondition = ({ words: said, channels, tierIds, typeIds }: Sent): boolean =>
  said.length + channels.length + tierIds.length + typeIds.length > 0;
const noCondition = { path: ['words'], message: 'classificationRules.conditionMissing' };

const hasOutcome = ({ typeId, categoryId, priority, teamId }: Sent): boolean =>
  [typeId, categoryId, priority, teamId].some((value) => value !== null);
const noOutcome = { path: ['typeId'], message: 'classificationRules.outcomeMissing' };

const asRule = ({ name: called, words: said, channels, tierIds, typeIds, ...outcome }: Sent) => ({
  name: called,
  conditions: { words: said, channels, tierIds, typeIds },
  outcome,
});

/** `id` is made with the form: sent twice, it creates once. */
export const NewClassificationRuleForm = z
  .strictObject({ id: uuid, ...fields })
  .refine(hasCondition, noCondition)
  .refine(hasOutcome, noOutcome)
  .transform(({ id, ...sent }) => ({ id, ...asRule(sent) }));

export const ClassificationRuleForm = z
  .strictObject({ ...fields, version: rowVersion })
  .refine(hasCondition, noCondition)
  .refine(hasOutcome, noOutcome)
  .transform(({ version, ...sent }) => ({ version, ...asRule(sent) }));

export type NewClassificationRule = z.output<typeof NewClassificationRuleForm>;
export type ClassificationRuleChange = z.output<typeof ClassificationRuleForm>;

/** A request to try the rules on; without a text none is tried. */
export const TrialQuery = z.strictObject({
  text: optionalText(trial),
  channel: optionalFilter(z.enum(contactChannels)),
  tier: optionalFilter(uuid),
  type: optionalFilter(uuid),
});

export type TrialQuery = z.output<typeof TrialQuery>;
