import type { WorkingCalendar } from '../../core/working-time/working-calendar.js';
import type { DeadlinePolicy } from '../deadline-policies/deadline-policy.js';
import { policyFor } from '../deadline-policies/policy-for.js';
import type { CalendarVersion } from '../working-calendars/stored-calendar.js';
import { countDeadlines, noDeadlines, type Deadlines } from './count-deadlines.js';
import type { StoredRequest } from './counted-requests.js';
import type { DeadlineBasis } from './deadline-basis.js';

/** Everything that deadlines are counted by: as it is stored, or as somebody thinks of changing it. */
export interface CountingRules {
  readonly policies: readonly DeadlinePolicy[];
  readonly versions: readonly CalendarVersion[];
  readonly calendars: ReadonlyMap<string, WorkingCalendar>;
}

export interface RequestDeadlines {
  readonly counted: Deadlines;
  readonly policyId: string | null;
  readonly basis: DeadlineBasis | null;
}

/** The deadlines of a request by the policy that these rules choose for it. */
export function countRequest(rules: CountingRules, stored: StoredRequest): RequestDeadlines {
  const policy = policyFor(stored.facts, rules.policies);
  const calendar = policy && rules.calendars.get(policy.calendarId);
  if (!policy || !calendar) return { counted: noDeadlines, policyId: null, basis: null };
  const { name: policyName, targets, calendarId, warningMinutes } = policy;
  const calendarVersion = rules.versions.find(({ id }) => id === calendarId)?.version ?? 0;
  return {
    counted: countDeadlines(stored.request, stored.history, policy, calendar, stored.given),
    policyId: policy.id,
    basis: { policyName, targets, calendarId, calendarVersion, warningMinutes },
  };
}
