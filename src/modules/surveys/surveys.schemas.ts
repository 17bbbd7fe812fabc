import { z } from 'zod';
import { listOf, optionalText, uuid } from '../../core/fields.js';
import { nonceField } from '../personal-links/sent-form.schemas.js';
import { languageParameter } from '../personal-links/visitor.js';
import { answerResults } from './survey-subject.js';
import { reasonLimits } from './survey-reasons.js';

export const commentLimit = 2_000;

export const scores = ['1', '2', '3', '4', '5'] as const;
const score = z.enum(scores, 'surveys.scoreMissing').transform(Number);

/** `staffScore` may be left out: not everybody was served by one person. */
export const SurveyForm = z.strictObject({
  serviceScore: score,
  staffScore: score.optional().transform((given) => given ?? null),
  reasons: listOf(z.string().max(reasonLimits.length), 3 * reasonLimits.perLevel),
  comment: optionalText(commentLimit),
  ...nonceField,
});

export type SurveyAnswer = Omit<z.output<typeof SurveyForm>, 'nonce'>;

export const SurveyQuery = z.strictObject({
  ...languageParameter,
  /** Shown after sending. */
  sent: z.enum(answerResults).optional(),
});

export const SurveyRequestParams = z.strictObject({ id: uuid });
export const EmptySurveyForm = z.strictObject({});
