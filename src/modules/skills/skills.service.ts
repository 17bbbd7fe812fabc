import { v7 as newId } from 'uuid';
import { EditedMeanwhile } from '../../core/conflict.js';
import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { Conflict, InvalidInput } from '../../core/errors.js';
import { registerUndoable } from '../../core/undo/undo.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { refusingTakenNames } from '../admin/taken-names.js';
import { skillLimits } from './skill.js';
import { findSkill, isUnused } from './skills.queries.js';
import type { NewSkill, SkillChange } from './skills.schemas.js';

/**
 * Creates a skill. Sent twice, the same form (same id) creates once.
 * @throws InvalidInput when the name is taken, whatever its case, or there are too many.
 */
export async function createSkill(context: ViewerContext, form: NewSkill): Promise<void> {
  await refusingTakenNames('name', 'admin.nameTaken', () =>
    unitOfWork(context, 'skills.created', async (tx) => {
      if ((await tx.skill.count({ where: { id: form.id } })) > 0) return;
      await refuseTaken(tx, form.name, form.id);
      if ((await tx.skill.count()) >= skillLimits.skills) {
        throw InvalidInput.field('name', 'skills.tooMany', { maximum: skillLimits.skills });
      }
      await tx.skill.create({ data: form, select: { id: true } });
    }),
  );
}

/** @throws NotFound, EditedMeanwhile, InvalidInput when the name is taken. */
export async function renameSkill(
  context: ViewerContext,
  id: string,
  { version, name }: SkillChange,
): Promise<void> {
  await findSkill(context, id);
  await refusingTakenNames('name', 'admin.nameTaken', () =>
    unitOfWork(context, 'skills.changed', async (tx) => {
      await refuseTaken(tx, name, id);
      const { count } = await tx.skill.updateMany({ where: { id, version }, data: { name } });
      if (count === 0) throw new EditedMeanwhile();
    }),
  );
}

/** Takes a skill off the choices; whoever and whatever has it keeps it. Returns its name. @throws NotFound */
export async function archiveSkill(context: ViewerContext, id: string): Promise<string> {
  const { name } = await findSkill(context, id);
  await unitOfWork(context, 'skills.archived', (tx) =>
    tx.skill.updateMany({ where: { id, archivedAt: null }, data: { archivedAt: context.deps.now() } }),
  );
  return name;
}

/** Offers a skill again. Returns its name. @throws NotFound */
export async function unarchiveSkill(context: ViewerContext, id: string): Promise<string> {
  const { name } = await findSkill(context, id);
  await unitOfWork(context, 'skills.unarchived', (tx) =>
    tx.skill.updateMany({ where: { id, archivedAt: { not: null } }, data: { archivedAt: null } }),
  );
  return name;
}

/**
 * Deletes a skill that nobody has and nothing needs; the returned action brings it back.
 * @throws NotFound, EditedMeanwhile, Conflict while it is used.
 */
export async function deleteSkill(context: ViewerContext, id: string, version: number): Promise<string> {
  const skill = await findSkill(context, id);
  if (!isUnused(skill)) throw new Conflict('skills.isUsed');
  const actionId = newId();
  await unitOfWork(
    context,
    'skills.deleted',
    async (tx) => {
      const { count } = await tx.skill.deleteMany({ where: { id, version } });
      if (count === 0) throw new EditedMeanwhile();
      const summary = { name: skill.name };
      const action = { id: actionId, kind: 'skills.deleted', summary, actorId: context.viewer.id };
      await registerUndoable(tx, action, context.deps.now());
    },
    { undoableActionId: actionId },
  );
  return actionId;
}

async function refuseTaken(tx: Transaction, name: string, exceptId: string): Promise<void> {
  const where = { name: { equals: name, mode: 'insensitive' }, id: { not: exceptId } } as const;
  if ((await tx.skill.count({ where })) > 0) throw InvalidInput.field('name', 'admin.nameTaken');
}
