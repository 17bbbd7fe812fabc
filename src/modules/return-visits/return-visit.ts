import { addDays } from '../follow-ups/due-days.js';

/** How a return visit ended; while it goes on it has none. Moved is an ending of its window alone. */
export const visitOutcomes = ['kept', 'missed', 'declined'] as const;
export type VisitOutcome = (typeof visitOutcomes)[number];

/** What a customer who was reached can say to it. */
export const reachedOutcomes = ['kept', 'moved', 'declined'] as const;
export type ReachedOutcome = (typeof reachedOutcomes)[number];

/** Longest word on what happened, in characters, and days ahead that a window may lie. */
export const visitLimits = { word: 1_000, daysAhead: 1_100 } as const;

/** Days on which a return visit is to happen, both included. */
export interface VisitWindow {
  readonly from: string;
  readonly to: string;
}

/** The window after an occasion: so many days after it, and open for `windowDays` days. */
export function windowAfter(
  day: string,
  { daysAfter, windowDays }: { readonly daysAfter: number; readonly windowDays: number },
): VisitWindow {
  const from = addDays(day, daysAfter);
  return { from, to: addDays(from, windowDays - 1) };
}

/** The day on which the customer is called first: that on which the window opens, or today when it is open. */
export const firstAttemptOn = ({ from }: VisitWindow, today: string): string => (from > today ? from : today);

/** How often a customer is tried, and after how many days again. */
export interface AttemptRule {
  readonly maxAttempts: number;
  readonly retryDays: number;
}

export interface NextAttempt {
  readonly attempts: number;
  readonly nextAttemptOn: string;
  /** Tried as often as the plan says: from now on it is one to win back. */
  readonly isToWinBack: boolean;
}

/** What follows when a customer was not reached today, who had been tried `attempts` times before. */
export function afterAttempt(attempts: number, today: string, rule: AttemptRule): NextAttempt {
  return {
    attempts: attempts + 1,
    nextAttemptOn: addDays(today, rule.retryDays),
    isToWinBack: attempts + 1 >= rule.maxAttempts,
  };
}

/** What a return visit that ends without a word of the customer counts as. */
export const outcomeUntold: VisitOutcome = 'missed';
