import { z } from 'zod';
import { contactChannels } from '../contact-records/contact-choices.js';

/** Rules at once, words of one, and the longest name, word and text to try, in characters. */
export const ruleLimits = { rules: 200, name: 60, words: 50, word: 40, trial: 1_000 } as const;

/** Every group that is given must match; of a group any entry is enough. */
export const RuleConditions = z.object({
  words: z.array(z.string()),
  channels: z.array(z.enum(contactChannels)),
  tierIds: z.array(z.string()),
  typeIds: z.array(z.string()),
});

export type RuleConditions = z.infer<typeof RuleConditions>;

/** What a rule sets where nobody chose something else; null sets nothing. */
export const RuleOutcome = z.object({
  typeId: z.string().nullable(),
  categoryId: z.string().nullable(),
  priority: z.number().nullable(),
  teamId: z.string().nullable(),
});

export type RuleOutcome = z.infer<typeof RuleOutcome>;
