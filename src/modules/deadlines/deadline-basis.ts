import { z } from 'zod';
import { PolicyTargets } from '../deadline-policies/deadline-policy.js';

/** What the deadlines of a request were counted by, kept with it: targets and warning in working minutes. */
export const DeadlineBasis = z.object({
  policyName: z.string(),
  targets: PolicyTargets,
  calendarId: z.string(),
  calendarVersion: z.number(),
  warningMinutes: z.number(),
});
export type DeadlineBasis = z.infer<typeof DeadlineBasis>;
