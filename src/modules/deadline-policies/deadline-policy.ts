import { z } from 'zod';

/** The same bounds stand as checks in the database. */
export const policyLimits = {
  nameLength: 100,
  policies: 100,
  targetMinutes: 100_000,
  warningMinutes: 10_000,
  people: 20,
} as const;

/** Targets of a policy in minutes of working time; null where it sets none. */
export const PolicyTargets = z.object({
  firstResponse: z.number().nullable(),
  update: z.number().nullable(),
  resolution: z.number().nullable(),
});
export type PolicyTargets = z.infer<typeof PolicyTargets>;

/** A rule for deadlines: the requests it is for (null for any), what it promises, and in which calendar. */
export const DeadlinePolicy = z.object({
  id: z.string(),
  name: z.string(),
  typeId: z.string().nullable(),
  priority: z.number().nullable(),
  tierId: z.string().nullable(),
  calendarId: z.string(),
  targets: PolicyTargets,
  /** Working minutes before a deadline at which the assignee is warned; 0 for no warning. */
  warningMinutes: z.number(),
  position: z.number(),
});
export type DeadlinePolicy = z.infer<typeof DeadlinePolicy>;
