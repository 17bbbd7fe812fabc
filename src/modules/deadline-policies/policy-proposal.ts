import { addWorkingTime, WorkingTimeTooFar } from '../../core/working-time/add-working-time.js';
import { InvalidInput, type Problem } from '../../core/errors.js';
import type { CountingRules } from '../deadlines/count-request.js';
import type { DeadlinePolicy } from './deadline-policy.js';
import type { PolicyChoices } from './deadline-policies.queries.js';
import type { PolicyFields } from './deadline-policies.schemas.js';

/** A policy as a form describes it. */
export const proposedPolicy = (id: string, { warning, ...fields }: PolicyFields): DeadlinePolicy => ({
  ...{ id, name: fields.name, typeId: fields.typeId, priority: fields.priority, tierId: fields.tierId },
  ...{ calendarId: fields.calendarId, warningMinutes: warning, position: fields.position },
  targets: { firstResponse: fields.firstResponse, update: fields.update, resolution: fields.resolution },
});

/** The rules with a policy put in place of itself, or added; undefined takes it out. */
export const withPolicy = (
  rules: CountingRules,
  id: string,
  policy: DeadlinePolicy | undefined,
): CountingRules => ({
  ...rules,
  policies: [...rules.policies.filter((one) => one.id !== id), ...(policy ? [policy] : [])],
});

/**
 * Checks what a policy refers to, and that its calendar has enough hours for its targets.
 * @throws InvalidInput
 */
export function checkPolicy(
  rules: CountingRules,
  choices: PolicyChoices,
  fields: PolicyFields,
  now: Date,
): void {
  const isChoice = (id: string | null, list: readonly { readonly id: string }[]): boolean =>
    id === null || list.some((one) => one.id === id);
  const known: Readonly<Record<string, boolean>> = {
    typeId: isChoice(fields.typeId, choices.types),
    tierId: isChoice(fields.tierId, choices.tiers),
    calendarId: isChoice(fields.calendarId, choices.calendars),
    escalationUserIds: fields.escalationUserIds.every((id) => isChoice(id, choices.people)),
  };
  const problems: Problem[] = Object.keys(known)
    .filter((path) => known[path] === false)
    .map((path) => ({ path, key: 'errors.notAChoice' }));
  for (const path of ['firstResponse', 'update', 'resolution'] as const) {
    if (!isReachable(rules, fields.calendarId, fields[path], now))
      problems.push({ path, key: 'deadlinePolicies.targetTooFar' });
  }
  if (problems.length > 0) throw new InvalidInput(problems);
}

function isReachable(rules: CountingRules, calendarId: string, target: number | null, now: Date): boolean {
  const calendar = rules.calendars.get(calendarId);
  if (!calendar || target === null) return true;
  try {
    addWorkingTime(calendar, now, target);
    return true;
  } catch (error) {
    if (error instanceof WorkingTimeTooFar) return false;
    throw error;
  }
}
