import { addTask, wakeTask } from '../../core/background-tasks.js';
import type { ViewerContext } from '../../core/context.js';
import { InvalidInput } from '../../core/errors.js';
import { registerUndoable } from '../../core/undo/undo.js';
import { isUniqueViolation, unitOfWork } from '../../core/unit-of-work.js';
import type { HandoverPlan } from './handover-plan.js';
import { handoverTaskKind, type HandoverChoices, type HandoverPreview } from './handovers.queries.js';

/**
 * Starts a handover in the background. Sent twice, the same form (same id) runs once.
 * @param id of the action by which it can be taken back.
 */
export async function startHandover(
  context: ViewerContext,
  id: string,
  plan: HandoverPlan,
  fromName: string,
  { shares, stay }: HandoverPreview,
): Promise<void> {
  const { deps, viewer } = context;
  const expected = shares.reduce((sum, { count }) => sum + count, stay);
  const payload = { actionId: id, fromName, plan: JSON.stringify(plan), expected };
  const action = { id, kind: 'handovers.run', summary: { count: 0, name: fromName }, actorId: viewer.id };
  try {
    const taskId = await unitOfWork(context, 'handovers.started', async (tx) => {
      await registerUndoable(tx, action, deps.now());
      return addTask(tx, { kind: handoverTaskKind, payload, createdById: viewer.id, total: expected });
    });
    await wakeTask(deps, taskId);
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
  }
}

/**
 * Checks who leaves and who receives; returns the name of who leaves.
 * @throws InvalidInput for somebody who is not there, cannot sign in, or leaves; and when nobody was chosen.
 */
export function checkPlan(plan: HandoverPlan, { people, branches, tiers }: HandoverChoices): string {
  const from = people.find(({ id }) => id === plan.fromId);
  if (!from) throw InvalidInput.field('from', 'errors.notAChoice');
  const field = { one: 'receiver', evenly: 'receivers', branch: '', tier: '', pool: '' }[plan.split];
  if (plan.split !== 'pool' && plan.receiverIds.length === 0)
    throw InvalidInput.field(field, 'errors.required');
  const canReceive = (id: string): boolean =>
    id !== plan.fromId && people.some((person) => person.id === id && !person.is_disabled);
  const keys = [...branches, ...tiers].map(({ id }) => id);
  const isKnown = Object.keys(plan.receiverByKey).every((key) => key === 'none' || keys.includes(key));
  if (!plan.receiverIds.every(canReceive) || !isKnown) throw InvalidInput.field(field, 'errors.notAChoice');
  return from.name;
}
