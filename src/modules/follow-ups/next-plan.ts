import type { ViewerContext } from '../../core/context.js';
import { Forbidden, InvalidInput, type Problem } from '../../core/errors.js';
import { dayOf } from '../../core/format.js';
import { can } from '../../core/viewer.js';
import { isPossibleOwner } from './follow-up-owners.queries.js';
import type { NextFields } from './follow-ups.schemas.js';

/** What is to be done next, by whom and when. */
export interface Plan {
  readonly dueOn: string;
  readonly dueMinute: number | null;
  readonly action: string;
  readonly ownerId: string;
}

/**
 * The follow-up that the second half of a form plans, or undefined when it was left empty.
 * @throws InvalidInput when half of it is missing, Forbidden when the viewer may not plan.
 */
export async function nextPlan(
  context: ViewerContext,
  customerId: string,
  form: NextFields,
): Promise<Plan | undefined> {
  const { nextOn, nextTime, nextAction, nextOwnerId } = form;
  if (nextOn === null && nextTime === null && nextAction === null) return undefined;
  const problems: Problem[] = [
    ...(nextOn === null ? [{ path: 'nextOn', key: 'followUps.dayMissing' } as const] : []),
    ...(nextAction === null ? [{ path: 'nextAction', key: 'followUps.actionMissing' } as const] : []),
  ];
  if (nextOn === null || nextAction === null) throw new InvalidInput(problems);
  const ownerId = nextOwnerId ?? context.viewer.id;
  const plan = { dueOn: nextOn, dueMinute: nextTime, action: nextAction, ownerId };
  mustPlan(context);
  checkDay(context, nextOn, 'nextOn');
  await checkOwner(context, customerId, ownerId, 'nextOwnerId');
  return plan;
}

/** @throws Forbidden when the viewer works on no follow-ups at all. */
export function mustPlan({ viewer }: ViewerContext): void {
  if (!can(viewer, 'follow-ups:manage')) throw new Forbidden('follow-ups:manage');
}

/** @throws InvalidInput for a day that has passed; `field` is its name in the form. */
export function checkDay({ deps }: ViewerContext, day: string, field: string): void {
  if (day < dayOf(deps.now())) throw InvalidInput.field(field, 'followUps.dayPast');
}

/** @throws InvalidInput for somebody to whom the viewer cannot give a follow-up of this customer. */
export async function checkOwner(
  context: ViewerContext,
  customerId: string,
  ownerId: string,
  field: string,
): Promise<void> {
  if (!(await isPossibleOwner(context, customerId, ownerId)))
    throw InvalidInput.field(field, 'followUps.ownerCannotSee');
}
