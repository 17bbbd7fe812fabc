import { v7 as newId } from 'uuid';
import { addTask, wakeTask } from '../../core/background-tasks.js';
import { EditedMeanwhile } from '../../core/conflict.js';
import type { Context, ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { Conflict, InvalidInput, NotFound } from '../../core/errors.js';
import { registerUndoable } from '../../core/undo/undo.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { refusingTakenNames } from '../admin/taken-names.js';
import { readRules } from './check-rules.js';
import { refreshTaskKind } from './refresh-segment.js';
import { storedRules } from './stored-rules.js';
import { segmentLimits, type SegmentGroup } from './rules.js';
import { segmentCatalogue } from './segment-catalogue.js';
import { readSegmentChoices } from './segment-choices.queries.js';
import { findSegment } from './segments.queries.js';
import type { NewSegment, SegmentChange } from './segments.schemas.js';

export const segmentRefreshQueue = 'segment-refresh';

/**
 * Creates a segment and finds its members in the background. Sent twice, the same form (same id) creates once.
 * @throws InvalidInput when a rule is not finished, the name is taken, or there are too many segments.
 */
export async function createSegment(context: ViewerContext, form: NewSegment): Promise<void> {
  const rules = storedRules(await checked(context, form.rules));
  const taskId = await refusingTaken(() =>
    unitOfWork(context, 'segments.created', async (tx) => {
      if ((await tx.segment.count({ where: { id: form.id } })) > 0) return undefined;
      if ((await tx.segment.count({ where: living })) >= segmentLimits.segments)
        throw InvalidInput.field('name', 'segments.tooMany', { maximum: segmentLimits.segments });
      await refuseTaken(tx, form.name);
      await tx.segment.create({
        data: { ...form, rules, createdById: context.viewer.id },
        select: { id: true },
      });
      return addRefresh(tx, context, form.id);
    }),
  );
  if (taskId !== undefined) await wakeTask(context.deps, taskId);
}

/**
 * Changes a segment; a dynamic one finds its members anew, a static one keeps members and rules.
 * @throws NotFound, EditedMeanwhile, InvalidInput when a rule is not finished or the name is taken.
 */
export async function changeSegment(context: ViewerContext, id: string, form: SegmentChange): Promise<void> {
  const { name, description, version } = form;
  const { kind } = await findSegment(context, id);
  const change =
    kind === 'static'
      ? { name, description }
      : { name, description, rules: storedRules(await checked(context, form.rules)) };
  const taskId = await refusingTaken(() =>
    unitOfWork(context, 'segments.changed', async (tx) => {
      await refuseTaken(tx, name, id);
      const { count } = await tx.segment.updateMany({ where: { id, version, ...living }, data: change });
      if (count === 0) throw await goneOrEdited(tx, id);
      return kind === 'static' ? undefined : addRefresh(tx, context, id);
    }),
  );
  if (taskId !== undefined) await wakeTask(context.deps, taskId);
}

/**
 * Finds the members anew in the background.
 * @throws NotFound, Conflict for a static segment that was filled.
 */
export async function startRefresh(context: ViewerContext, id: string): Promise<void> {
  const { kind, refreshed_at: refreshedAt } = await findSegment(context, id);
  if (kind === 'static' && refreshedAt !== null) throw new Conflict('segments.isStatic');
  await refreshThese(context, [id]);
}

/** Finds the members of every dynamic segment anew, as happens each night because "today" has moved. */
export async function refreshAllSegments(context: Pick<Context, 'deps' | 'actor'>): Promise<void> {
  const segments = await context.deps.database.models.segment.findMany({
    where: { kind: 'dynamic', ...living },
    select: { id: true },
  });
  await refreshThese(
    context,
    segments.map(({ id }) => id),
  );
}

/** A segment that is brought back has the members of then; days have passed since for those that are dynamic. */
export async function refreshAfterUndo(
  context: Pick<Context, 'deps' | 'actor'>,
  actionKind: string,
): Promise<void> {
  if (actionKind === deletionKind) await refreshAllSegments(context);
}

const deletionKind = 'segments.deleted';

/** Segments that are not deleted. */
const living = { deletedAt: null } as const;

/**
 * Deletes a segment; the returned action brings it back, with its members.
 * @throws NotFound, EditedMeanwhile
 */
export async function deleteSegment(context: ViewerContext, id: string, version: number): Promise<string> {
  const { name } = await findSegment(context, id);
  const actionId = newId();
  await unitOfWork(
    context,
    deletionKind,
    async (tx) => {
      const { count } = await tx.segment.updateMany({
        where: { id, version, ...living },
        data: { deletedAt: context.deps.now() },
      });
      if (count === 0) throw await goneOrEdited(tx, id);
      const action = { id: actionId, kind: deletionKind, summary: { name }, actorId: context.viewer.id };
      await registerUndoable(tx, action, context.deps.now());
    },
    { undoableActionId: actionId },
  );
  return actionId;
}

async function checked(context: ViewerContext, draft: SegmentGroup): Promise<SegmentGroup> {
  const choices = await readSegmentChoices(context);
  return readRules(draft, { catalogue: segmentCatalogue(choices.customFields), choices, t: context.t });
}

async function refreshThese(
  context: Pick<Context, 'deps' | 'actor'>,
  segmentIds: readonly string[],
): Promise<void> {
  if (segmentIds.length === 0) return;
  const taskIds = await unitOfWork(context, 'segments.refresh-started', async (tx) => {
    const added: string[] = [];
    for (const segmentId of segmentIds) added.push(await addRefresh(tx, context, segmentId));
    return added;
  });
  for (const taskId of taskIds) await wakeTask(context.deps, taskId);
}

const addRefresh = (tx: Transaction, { actor }: Pick<Context, 'actor'>, segmentId: string): Promise<string> =>
  addTask(tx, { kind: refreshTaskKind, payload: { segmentId }, createdById: actor.id, total: 1 });

const refusingTaken = <Result>(work: () => Promise<Result>): Promise<Result> =>
  refusingTakenNames('name', 'admin.nameTaken', work);

async function refuseTaken(tx: Transaction, name: string, exceptId?: string): Promise<void> {
  const taken = await tx.segment.count({
    where: {
      ...living,
      name: { equals: name, mode: 'insensitive' },
      ...(exceptId !== undefined && { id: { not: exceptId } }),
    },
  });
  if (taken > 0) throw InvalidInput.field('name', 'admin.nameTaken');
}

const goneOrEdited = async (tx: Transaction, id: string): Promise<Error> =>
  (await tx.segment.count({ where: { id, ...living } })) > 0
    ? new EditedMeanwhile()
    : new NotFound('no such segment');
