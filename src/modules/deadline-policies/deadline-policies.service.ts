import { v7 as newId } from 'uuid';
import { wakeTask } from '../../core/background-tasks.js';
import { EditedMeanwhile } from '../../core/conflict.js';
import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { Conflict, InvalidInput } from '../../core/errors.js';
import { registerUndoable } from '../../core/undo/undo.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { refusingTakenNames } from '../admin/taken-names.js';
import { addRecount } from '../deadlines/recount.service.js';
import { policyLimits } from './deadline-policy.js';
import type { PolicyRecord } from './deadline-policies.queries.js';
import type { PolicyFields } from './deadline-policies.schemas.js';

const columns = ({ firstResponse, update, resolution, warning, ...fields }: PolicyFields) => ({
  ...fields,
  firstResponseMinutes: firstResponse,
  updateMinutes: update,
  resolutionMinutes: resolution,
  warningMinutes: warning,
});

/**
 * Creates a policy and has open requests counted anew. Sent twice, the same form (same id) creates once.
 * @throws InvalidInput when the name is taken or there are too many.
 */
export async function createPolicy(context: ViewerContext, id: string, fields: PolicyFields): Promise<void> {
  await recounting(context, 'deadline-policies.created', async (tx) => {
    if ((await tx.deadlinePolicy.count({ where: { id } })) > 0) return false;
    if ((await tx.deadlinePolicy.count()) >= policyLimits.policies)
      throw InvalidInput.field('name', 'deadlinePolicies.tooMany', { maximum: policyLimits.policies });
    await tx.deadlinePolicy.create({ data: { id, ...columns(fields) }, select: { id: true } });
    return true;
  });
}

/** Changes a policy and has open requests counted anew. @throws EditedMeanwhile, InvalidInput when the name is taken. */
export async function changePolicy(
  context: ViewerContext,
  id: string,
  version: number,
  fields: PolicyFields,
): Promise<void> {
  await recounting(context, 'deadline-policies.changed', async (tx) => {
    const data = columns(fields);
    const { count } = await tx.deadlinePolicy.updateMany({ where: { id, version }, data });
    if (count === 0) throw new EditedMeanwhile();
    return true;
  });
}

/** Takes a policy out of use, or brings it back; open requests are counted anew. @throws EditedMeanwhile */
export async function archivePolicy(
  context: ViewerContext,
  { id, isArchived }: PolicyRecord,
  version: number,
): Promise<void> {
  const action = isArchived ? 'deadline-policies.unarchived' : 'deadline-policies.archived';
  await recounting(context, action, async (tx) => {
    const archivedAt = isArchived ? null : context.deps.now();
    const { count } = await tx.deadlinePolicy.updateMany({ where: { id, version }, data: { archivedAt } });
    if (count === 0) throw new EditedMeanwhile();
    return true;
  });
}

/**
 * Deletes a policy that is out of use and by which no request was counted; the returned action brings it back.
 * @throws Conflict for any other, EditedMeanwhile
 */
export async function deletePolicy(
  context: ViewerContext,
  { id, name, isArchived, isUsed }: PolicyRecord,
  version: number,
): Promise<string> {
  if (!isArchived || isUsed) throw new Conflict('deadlinePolicies.stillUsed');
  const actionId = newId();
  await unitOfWork(
    context,
    'deadline-policies.deleted',
    async (tx) => {
      const { count } = await tx.deadlinePolicy.deleteMany({ where: { id, version } });
      if (count === 0) throw new EditedMeanwhile();
      const action = {
        id: actionId,
        kind: 'deadline-policies.deleted',
        summary: { name },
        actorId: context.viewer.id,
      };
      await registerUndoable(tx, action, context.deps.now());
    },
    { undoableActionId: actionId },
  );
  return actionId;
}

type PolicyAction = `deadline-policies.${'created' | 'changed' | 'archived' | 'unarchived'}`;

/** Runs `work`, and when it changed something, has open requests counted by what is then in force. */
async function recounting(
  context: ViewerContext,
  action: PolicyAction,
  work: (tx: Transaction) => Promise<boolean>,
): Promise<void> {
  const taskId = await refusingTakenNames('name', 'admin.nameTaken', () =>
    unitOfWork(context, action, async (tx) => ((await work(tx)) ? addRecount(tx, context) : undefined)),
  );
  if (taskId !== undefined) await wakeTask(context.deps, taskId);
}
