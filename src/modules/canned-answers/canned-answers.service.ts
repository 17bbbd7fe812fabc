import { v7 as newId } from 'uuid';
import { EditedMeanwhile } from '../../core/conflict.js';
import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { InvalidInput } from '../../core/errors.js';
import { registerUndoable } from '../../core/undo/undo.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { refusingTakenNames } from '../admin/taken-names.js';
import { cannedAnswerLimits } from './canned-answer.js';
import { findCannedAnswer } from './canned-answers.queries.js';
import type { CannedAnswerChange, NewCannedAnswer } from './canned-answers.schemas.js';
import { unknownPlace } from './fill-places.js';

/**
 * Creates an answer. Sent twice, the same form (same id) creates once.
 * @throws InvalidInput when name or shortcut are taken, it names an unknown place, or there are too many.
 */
export async function createCannedAnswer(context: ViewerContext, form: NewCannedAnswer): Promise<void> {
  refuseUnknownPlaces(form.body);
  await refusingTaken(() =>
    unitOfWork(context, 'canned-answers.created', async (tx) => {
      if ((await tx.cannedAnswer.count({ where: { id: form.id } })) > 0) return;
      await refuseTaken(tx, form, form.id);
      if ((await tx.cannedAnswer.count()) >= cannedAnswerLimits.answers) {
        throw InvalidInput.field('name', 'serviceSettings.tooMany', { maximum: cannedAnswerLimits.answers });
      }
      await tx.cannedAnswer.create({ data: form, select: { id: true } });
    }),
  );
}

/** @throws NotFound, EditedMeanwhile, InvalidInput as when it is created. */
export async function changeCannedAnswer(
  context: ViewerContext,
  id: string,
  { version, ...fields }: CannedAnswerChange,
): Promise<void> {
  await findCannedAnswer(context, id);
  refuseUnknownPlaces(fields.body);
  await refusingTaken(() =>
    unitOfWork(context, 'canned-answers.changed', async (tx) => {
      await refuseTaken(tx, fields, id);
      const { count } = await tx.cannedAnswer.updateMany({ where: { id, version }, data: fields });
      if (count === 0) throw new EditedMeanwhile();
    }),
  );
}

/** Takes an answer off those that are offered. Returns its name. @throws NotFound */
export async function archiveCannedAnswer(context: ViewerContext, id: string): Promise<string> {
  const { name } = await findCannedAnswer(context, id);
  const archivedAt = context.deps.now();
  await unitOfWork(context, 'canned-answers.archived', (tx) =>
    tx.cannedAnswer.updateMany({ where: { id, archivedAt: null }, data: { archivedAt } }),
  );
  return name;
}

/** Offers an answer again. Returns its name. @throws NotFound */
export async function unarchiveCannedAnswer(context: ViewerContext, id: string): Promise<string> {
  const { name } = await findCannedAnswer(context, id);
  await unitOfWork(context, 'canned-answers.unarchived', (tx) =>
    tx.cannedAnswer.updateMany({ where: { id, archivedAt: { not: null } }, data: { archivedAt: null } }),
  );
  return name;
}

/** Deletes an answer; what was written with it stays. The returned action brings it back. @throws NotFound, EditedMeanwhile */
export async function deleteCannedAnswer(
  context: ViewerContext,
  id: string,
  version: number,
): Promise<{ readonly actionId: string; readonly name: string }> {
  const { name } = await findCannedAnswer(context, id);
  const actionId = newId();
  await unitOfWork(
    context,
    'canned-answers.deleted',
    async (tx) => {
      const { count } = await tx.cannedAnswer.deleteMany({ where: { id, version } });
      if (count === 0) throw new EditedMeanwhile();
      const action = { id: actionId, kind: 'canned-answers.deleted', summary: { name } };
      await registerUndoable(tx, { ...action, actorId: context.viewer.id }, context.deps.now());
    },
    { undoableActionId: actionId },
  );
  return { actionId, name };
}

function refuseUnknownPlaces(body: string): void {
  const place = unknownPlace(body);
  if (place !== undefined) throw InvalidInput.field('body', 'cannedAnswers.unknownPlace', { place });
}

const refusingTaken = (work: () => Promise<void>): Promise<void> =>
  refusingTakenNames('name', 'admin.nameTaken', () =>
    refusingTakenNames('shortcut', 'cannedAnswers.shortcutTaken', work),
  );

async function refuseTaken(
  tx: Transaction,
  { name, shortcut }: Pick<NewCannedAnswer, 'name' | 'shortcut'>,
  exceptId: string,
): Promise<void> {
  const id = { not: exceptId };
  const named = { name: { equals: name, mode: 'insensitive' }, id } as const;
  if ((await tx.cannedAnswer.count({ where: named })) > 0)
    throw InvalidInput.field('name', 'admin.nameTaken');
  if (shortcut !== null && (await tx.cannedAnswer.count({ where: { shortcut, id } })) > 0)
    throw InvalidInput.field('shortcut', 'cannedAnswers.shortcutTaken');
}
