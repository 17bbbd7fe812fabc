import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { Conflict, InvalidInput, NotFound, type Problem } from '../../core/errors.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { EditedMeanwhile } from '../../core/conflict.js';
import { refusingTakenNames } from '../admin/taken-names.js';
import { customFieldLimits, type CustomFieldKind } from './custom-field.js';
import { keyFromLabel } from './custom-field-key.js';
import { findDefinedField } from './custom-fields.queries.js';
import type { CustomFieldChange, NewCustomField } from './custom-fields.schemas.js';

/** @throws InvalidInput when key or label are taken, choices are missing or out of place, or there are too many fields. */
export async function createCustomField(context: ViewerContext, form: NewCustomField): Promise<void> {
  refuseChoices(form.kind, form.choices);
  await refusingTakenNames('key', 'customFields.keyTaken', () =>
    unitOfWork(context, 'custom-fields.created', async (tx) => {
      const others = await tx.customField.findMany({ select: { key: true, position: true } });
      if (others.length >= customFieldLimits.fields) {
        throw InvalidInput.field('label', 'customFields.tooMany', { maximum: customFieldLimits.fields });
      }
      await refuseTakenLabel(tx, form.label);
      const key = form.key ?? keyFromLabel(form.label, new Set(others.map((other) => other.key)));
      const position = Math.max(0, ...others.map((other) => other.position + 1));
      await tx.customField.create({ data: { ...form, id: newId(), key, position } });
    }),
  );
}

/**
 * Changes label, choices and whether the field is required. Values of customers stay as they are.
 * @throws NotFound, EditedMeanwhile, InvalidInput when the label is taken, or choices are missing or out of place.
 */
export async function changeCustomField(
  context: ViewerContext,
  id: string,
  { version, removesHeld, ...fields }: CustomFieldChange,
): Promise<void> {
  const field = await findDefinedField(context, id);
  refuseChoices(field.kind, fields.choices);
  await unitOfWork(context, 'custom-fields.changed', async (tx) => {
    await refuseTakenLabel(tx, fields.label, id);
    const { count } = await tx.customField.updateMany({ where: { id, version }, data: fields });
    if (count === 0) throw new EditedMeanwhile();
  });
}

/**
 * Moves a field in use one place up or down; at the end of its way it stays.
 * @throws NotFound when the field is not in use.
 */
export async function moveCustomField(
  context: ViewerContext,
  id: string,
  direction: 'up' | 'down',
): Promise<void> {
  await unitOfWork(context, 'custom-fields.moved', async (tx) => {
    const fields = await tx.customField.findMany({
      where: { archivedAt: null },
      orderBy: [{ position: 'asc' }, { id: 'asc' }],
      select: { id: true, position: true },
    });
    const from = fields.findIndex((field) => field.id === id);
    const [moving] = from === -1 ? [] : fields.splice(from, 1);
    if (!moving) throw new NotFound('no such field in use');
    fields.splice(Math.max(0, from + (direction === 'up' ? -1 : 1)), 0, moving);
    for (const [position, field] of fields.entries()) {
      if (field.position !== position)
        await tx.customField.update({ where: { id: field.id }, data: { position } });
    }
  });
}

/** Takes a field out of use; its values stay. @throws NotFound */
export async function archiveCustomField(context: ViewerContext, id: string): Promise<string> {
  const { label } = await findDefinedField(context, id);
  await unitOfWork(context, 'custom-fields.archived', (tx) =>
    tx.customField.updateMany({ where: { id, archivedAt: null }, data: { archivedAt: context.deps.now() } }),
  );
  return label;
}

/** Brings a field back with its values. @throws NotFound, Conflict when a field in use has its label by now. */
export async function unarchiveCustomField(context: ViewerContext, id: string): Promise<string> {
  const { label } = await findDefinedField(context, id);
  await unitOfWork(context, 'custom-fields.unarchived', async (tx) => {
    if (await isTakenLabel(tx, label, id)) throw new Conflict('customFields.labelTaken');
    await tx.customField.updateMany({ where: { id }, data: { archivedAt: null } });
  });
  return label;
}

function refuseChoices(kind: CustomFieldKind, choices: readonly string[]): void {
  const isMissing = kind === 'choice' && choices.length === 0;
  if (isMissing) throw InvalidInput.field('choices', 'customFields.choicesMissing');
  const isOutOfPlace = kind !== 'choice' && choices.length > 0;
  if (isOutOfPlace) throw InvalidInput.field('choices', 'customFields.choicesNotTaken');
}

async function refuseTakenLabel(tx: Transaction, label: string, exceptId?: string): Promise<void> {
  const problem: Problem = { path: 'label', key: 'customFields.labelTaken' };
  if (await isTakenLabel(tx, label, exceptId)) throw new InvalidInput([problem]);
}

/** Files know fields by their labels, so no two in use may share one. */
async function isTakenLabel(tx: Transaction, label: string, exceptId?: string): Promise<boolean> {
  const taken = await tx.customField.count({
    where: {
      archivedAt: null,
      label: { equals: label, mode: 'insensitive' },
      ...(exceptId !== undefined && { id: { not: exceptId } }),
    },
  });
  return taken > 0;
}
