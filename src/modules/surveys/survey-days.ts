import type { EvaluationPolicy } from './evaluation-policy.js';

export const dayMillis = 86_400_000;

/** Until when a survey that goes out now can be answered. */
export const expiryOf = (now: Date, { expiryDays }: EvaluationPolicy): Date =>
  new Date(now.getTime() + expiryDays * dayMillis);
