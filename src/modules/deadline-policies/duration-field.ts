import { optionalText } from '../../core/fields.js';
import { policyLimits } from './deadline-policy.js';

const written = /^(?:(\d{1,5})\s*(?:h|hours?|小时))?\s*(?:(\d{1,6})\s*(?:min|m|minutes?|分钟?))?$/;

/** A length written as "4 h 30 min", "90 min" or "2小时"; undefined for anything else. In minutes. */
export function parseDuration(text: string): number | undefined {
  const [, hours, minutes] = written.exec(text.trim().toLowerCase()) ?? [];
  if (hours === undefined && minutes === undefined) return undefined;
  return Number(hours ?? 0) * 60 + Number(minutes ?? 0);
}

const between = (minimum: number, maximum: number) => (minutes: number | null | undefined) =>
  minutes === null || (minutes !== undefined && minutes >= minimum && minutes <= maximum);

const optionalDuration = optionalText(40).transform((text) => (text === null ? null : parseDuration(text)));

/** A target that may be left open, in working minutes. */
export const targetField = optionalDuration
  .refine((minutes) => minutes !== undefined, 'deadlinePolicies.notADuration')
  .refine(between(1, policyLimits.targetMinutes), 'deadlinePolicies.targetOutOfRange')
  .transform((minutes) => minutes ?? null);

/** How long before a deadline to warn; left empty, not at all. */
export const warningField = optionalDuration
  .refine((minutes) => minutes !== undefined, 'deadlinePolicies.notADuration')
  .refine(between(0, policyLimits.warningMinutes), 'deadlinePolicies.warningOutOfRange')
  .transform((minutes) => minutes ?? 0);
