import { z } from 'zod';
import { isoDate, optionalFilter, uuid } from '../../core/fields.js';
import { listParameters } from '../../core/lists/list.js';

/** Answers with a low score, those with words, every answer, and surveys that wait for one. */
export const evaluationKinds = ['low', 'comment', 'answered', 'waiting'] as const;

export const EvaluationListQuery = z.strictObject({
  ...listParameters(['closedAt']),
  kind: optionalFilter(z.enum(evaluationKinds)),
  score: optionalFilter(z.enum(['1', '2', '3', '4', '5'])),
  staff: optionalFilter(uuid),
  type: optionalFilter(uuid),
  branch: optionalFilter(uuid),
  from: optionalFilter(isoDate),
  to: optionalFilter(isoDate),
});

export type EvaluationListQuery = z.output<typeof EvaluationListQuery>;

/** The same without `after`: an export has no pages. */
export const EvaluationExportQuery = EvaluationListQuery.omit({ after: true });
