import { v7 as newId } from 'uuid';
import { EditedMeanwhile } from '../../core/conflict.js';
import type { ViewerContext } from '../../core/context.js';
import { Conflict, InvalidInput } from '../../core/errors.js';
import { registerUndoable } from '../../core/undo/undo.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { refusingTakenNames } from '../admin/taken-names.js';
import { refuseMissing } from '../service-settings/refuse-missing.js';
import { planLimits } from './return-visit-plan.js';
import type { Plan } from './return-visit-plans.queries.js';
import type { PlanFields } from './return-visit-plans.schemas.js';

/**
 * Creates a plan. Sent twice, the same form (same id) creates once.
 * @throws InvalidInput when the name is taken, there are too many, or the type is gone.
 */
export async function createPlan(context: ViewerContext, id: string, fields: PlanFields): Promise<void> {
  await refusingTakenNames('name', 'admin.nameTaken', () =>
    unitOfWork(context, 'return-visit-plans.created', async (tx) => {
      if ((await tx.returnVisitPlan.count({ where: { id } })) > 0) return;
      if ((await tx.returnVisitPlan.count()) >= planLimits.plans)
        throw InvalidInput.field('name', 'serviceSettings.tooMany', { maximum: planLimits.plans });
      await refuseMissing(tx, 'typeId', 'request_types', [fields.typeId]);
      await tx.returnVisitPlan.create({ data: { id, ...fields }, select: { id: true } });
    }),
  );
}

/**
 * Changes a plan. Return visits there are keep their window; from then on they are tried as often as it says now.
 * @throws EditedMeanwhile, InvalidInput when the name is taken or the type is gone.
 */
export async function changePlan(
  context: ViewerContext,
  id: string,
  version: number,
  fields: PlanFields,
): Promise<void> {
  await refusingTakenNames('name', 'admin.nameTaken', () =>
    unitOfWork(context, 'return-visit-plans.changed', async (tx) => {
      await refuseMissing(tx, 'typeId', 'request_types', [fields.typeId]);
      const { count } = await tx.returnVisitPlan.updateMany({ where: { id, version }, data: fields });
      if (count === 0) throw new EditedMeanwhile();
    }),
  );
}

/** Takes a plan out of use, or brings it back. Return visits there are go on. @throws EditedMeanwhile */
export async function archivePlan(
  context: ViewerContext,
  { id, isArchived }: Plan,
  version: number,
): Promise<void> {
  const action = isArchived ? 'return-visit-plans.unarchived' : 'return-visit-plans.archived';
  await unitOfWork(context, action, async (tx) => {
    const archivedAt = isArchived ? null : context.deps.now();
    const { count } = await tx.returnVisitPlan.updateMany({ where: { id, version }, data: { archivedAt } });
    if (count === 0) throw new EditedMeanwhile();
  });
}

/**
 * Deletes a plan that made no return visit; the returned action brings it back.
 * @throws Conflict for any other, EditedMeanwhile
 */
export async function deletePlan(
  context: ViewerContext,
  { id, name }: Plan,
  version: number,
): Promise<string> {
  const actionId = newId();
  const kind = 'return-visit-plans.deleted';
  await unitOfWork(
    context,
    kind,
    async (tx) => {
      if ((await tx.returnVisit.count({ where: { planId: id } })) > 0)
        throw new Conflict('returnVisitPlans.stillUsed');
      const { count } = await tx.returnVisitPlan.deleteMany({ where: { id, version } });
      if (count === 0) throw new EditedMeanwhile();
      const action = { id: actionId, kind, summary: { name }, actorId: context.viewer.id };
      await registerUndoable(tx, action, context.deps.now());
    },
    { undoableActionId: actionId },
  );
  return actionId;
}
