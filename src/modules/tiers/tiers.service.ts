import { v7 as newId } from 'uuid';
import { addTask, wakeTask } from '../../core/background-tasks.js';
import type { Context, ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { NotFound } from '../../core/errors.js';
import { registerUndoable } from '../../core/undo/undo.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { EditedMeanwhile } from '../../core/conflict.js';
import { saveSettingWith } from '../admin/settings.service.js';
import { refusingTakenNames } from '../admin/taken-names.js';
import { recalculationTaskKind } from './recalculation.task.js';
import { tierPolicyKey, type TierPolicy } from './tier.js';
import { calculateTiers } from './tier-calculation.service.js';
import { customersOfTier, proposedRules } from './tier-decisions.js';
import { proposeTier } from './tier-proposal.js';
import { readSavedRules, tierIn } from './tiers.queries.js';
import type { TierFields } from './tiers.schemas.js';

export const recalculationQueue = 'tier-recalculation';

/** A tier may be that of every customer; each of them is a row in the log. */
const deletionTimeoutMillis = 120_000;

/** Creates a tier and calculates everybody anew. @throws InvalidInput when name or rank are taken, or there are too many. */
export async function createTier(context: ViewerContext, fields: TierFields): Promise<void> {
  proposeTier((await readSavedRules(context)).tiers, undefined, fields);
  const taskId = await refusingTaken(() =>
    unitOfWork(context, 'tiers.created', async (tx) => {
      await tx.tier.create({ data: { id: newId(), ...fields }, select: { id: true } });
      return addRecalculation(tx, context);
    }),
  );
  await wakeTask(context.deps, taskId);
}

/**
 * Changes a tier and calculates everybody anew.
 * @throws NotFound, EditedMeanwhile, InvalidInput when name or rank are taken.
 */
export async function changeTier(
  context: ViewerContext,
  id: string,
  version: number,
  fields: TierFields,
): Promise<void> {
  const rules = await readSavedRules(context);
  tierIn(rules, id);
  proposeTier(rules.tiers, id, fields);
  const taskId = await refusingTaken(() =>
    unitOfWork(context, 'tiers.changed', async (tx) => {
      const { count } = await tx.tier.updateMany({ where: { id, version }, data: fields });
      if (count === 0) throw new EditedMeanwhile();
      return addRecalculation(tx, context);
    }),
  );
  await wakeTask(context.deps, taskId);
}

const refusingTaken = <Result>(work: () => Promise<Result>): Promise<Result> =>
  refusingTakenNames('rank', 'tiers.rankTaken', () => refusingTakenNames('name', 'admin.nameTaken', work));

/**
 * Deletes a tier: its customers get the tier that fits them without it, overrides to it end. The returned action brings
 * all of it back.
 * @throws NotFound, EditedMeanwhile
 */
export async function deleteTier(context: ViewerContext, id: string, version: number): Promise<string> {
  const { deps, viewer } = context;
  const { tiers, policy, policyVersion } = await readSavedRules(context);
  const { name } = tierIn({ tiers, policy, policyVersion }, id);
  const remaining = proposedRules({ tiers: tiers.filter((tier) => tier.id !== id), policy });
  const actionId = newId();
  await unitOfWork(
    context,
    'tiers.deleted',
    async (tx) => {
      await tx.$executeRaw`SELECT set_config('statement_timeout', '0', true)`;
      // Calculations under way are waited for; later ones wait until the tier is gone.
      await tx.$executeRaw`SELECT FROM tiers WHERE id = ${id}::uuid FOR UPDATE`;
      const count = await calculateTiers(tx, deps, customersOfTier(id), remaining);
      await tx.customerTier.updateMany({ where: { overrideId: id }, data: noOverride });
      const deleted = await tx.tier.deleteMany({ where: { id, version } });
      if (deleted.count === 0) throw await goneOrEdited(tx, id);
      const action = { id: actionId, kind: 'tiers.deleted', summary: { name, count }, actorId: viewer.id };
      await registerUndoable(tx, action, deps.now());
    },
    { undoableActionId: actionId, timeoutMillis: deletionTimeoutMillis },
  );
  return actionId;
}

/** Saves the policy and calculates everybody anew. @throws EditedMeanwhile */
export async function changeTierPolicy(
  context: ViewerContext,
  version: number,
  policy: TierPolicy,
): Promise<void> {
  const setting = { key: tierPolicyKey, version, value: policy };
  const taskId = await saveSettingWith(context, 'tiers.policy-changed', setting, (tx) =>
    addRecalculation(tx, context),
  );
  await wakeTask(context.deps, taskId);
}

/** Calculates everybody anew, at somebody's wish or every night; ends overrides that have expired. */
export async function recalculateTiers(
  context: Pick<Context, 'deps' | 'actor'>,
  today: string,
): Promise<void> {
  const expired = { overrideUntil: { lt: new Date(`${today}T00:00:00Z`) } };
  await unitOfWork(context, 'tiers.overrides-expired', (tx) =>
    tx.customerTier.updateMany({ where: expired, data: noOverride }),
  );
  const taskId = await unitOfWork(context, 'tiers.recalculation-started', (tx) =>
    addRecalculation(tx, context),
  );
  await wakeTask(context.deps, taskId);
}

/** What a row of a customer without override holds. */
export const noOverride = {
  overrideId: null,
  overrideReason: null,
  overrideUntil: null,
  overriddenById: null,
} as const;

/** Another one may be under way by older rules, so each change brings its own. */
async function addRecalculation(tx: Transaction, { actor }: Pick<Context, 'actor'>): Promise<string> {
  const total = await tx.customer.count();
  return addTask(tx, { kind: recalculationTaskKind, payload: {}, createdById: actor.id, total });
}

const goneOrEdited = async (tx: Transaction, id: string): Promise<Error> =>
  (await tx.tier.count({ where: { id } })) > 0 ? new EditedMeanwhile() : new NotFound('no such tier');
