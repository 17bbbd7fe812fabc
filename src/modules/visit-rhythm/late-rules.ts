import { z } from 'zod';
import { sql, type Sql } from '../../core/sql.js';

/**
 * When somebody is late: more than `toleranceDays` and more than a fifth of their interval after the expected visit. Away
 * for more than `goneIntervals` intervals they count as gone. Nobody is called within `restDays` after the last contact,
 * nor more than `maximumAttempts` times for one visit.
 */
export const LateRules = z.object({
  toleranceDays: z.number(),
  goneIntervals: z.number(),
  restDays: z.number(),
  maximumAttempts: z.number(),
});

export type LateRules = z.infer<typeof LateRules>;

export const lateRuleLimits = {
  toleranceDays: [0, 60],
  goneIntervals: [2, 12],
  restDays: [1, 90],
  maximumAttempts: [1, 10],
} as const;

export const defaultLateRules: LateRules = {
  toleranceDays: 3,
  goneIntervals: 3,
  restDays: 14,
  maximumAttempts: 3,
};

/** Where the rules are kept; without them the defaults hold. */
export const lateRulesKey = 'visitRhythm.rules';

/** The rules as whole numbers in SQL. */
export type LateRuleNumbers = Readonly<Record<keyof LateRules, Sql>>;

const numbersFrom = (number: (name: keyof LateRules) => Sql): LateRuleNumbers => ({
  toleranceDays: number('toleranceDays'),
  goneIntervals: number('goneIntervals'),
  restDays: number('restDays'),
  maximumAttempts: number('maximumAttempts'),
});

/** Rules that are at hand. */
export const numbersOf = (rules: LateRules): LateRuleNumbers =>
  numbersFrom((name) => sql`${rules[name]}::integer`);

/** The saved rules, read by the statement that needs them. */
export const savedNumbers: LateRuleNumbers = numbersFrom(
  (name) => sql`coalesce((SELECT (value->>${name})::integer FROM settings WHERE key = ${lateRulesKey}),
                         ${defaultLateRules[name]}::integer)`,
);
