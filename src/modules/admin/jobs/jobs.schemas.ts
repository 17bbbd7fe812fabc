import { z } from 'zod';
import { listParameters } from '../../../core/lists/list.js';
import { optionalChoice } from '../filters.js';

export const taskStates = ['queued', 'running', 'done', 'failed'] as const;

export const JobQuery = z.strictObject({
  ...listParameters(['createdAt']),
  state: optionalChoice(taskStates),
});
export type JobQuery = z.output<typeof JobQuery>;
