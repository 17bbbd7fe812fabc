import { EditedMeanwhile } from '../../core/conflict.js';
import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { InvalidInput } from '../../core/errors.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { refusingTakenNames } from '../admin/taken-names.js';
import { refuseMissing } from '../service-settings/refuse-missing.js';
import { lockTable } from '../service-settings/setting-upkeep.service.js';
import { ruleLimits } from './classification-rule.js';
import { findClassificationRule } from './classification-rules.queries.js';
import type { ClassificationRuleChange, NewClassificationRule } from './classification-rules.schemas.js';

/**
 * Creates a rule, after all others. Sent twice, the same form (same id) creates once.
 * @throws InvalidInput when the name is taken, there are too many, or what it refers to is gone or does not fit.
 */
export async function createClassificationRule(
  context: ViewerContext,
  form: NewClassificationRule,
): Promise<void> {
  await refusingTakenNames('name', 'admin.nameTaken', () =>
    unitOfWork(context, 'classification-rules.created', async (tx) => {
      await lockTable(tx, 'classification_rules');
      const others = await tx.classificationRule.findMany({ select: { id: true, position: true } });
      if (others.some(({ id }) => id === form.id)) return;
      if (others.length >= ruleLimits.rules)
        throw InvalidInput.field('name', 'serviceSettings.tooMany', { maximum: ruleLimits.rules });
      await check(tx, form.id, form);
      const position = Math.max(-1, ...others.map((other) => other.position)) + 1;
      await tx.classificationRule.create({ data: { ...form, position }, select: { id: true } });
    }),
  );
}

/**
 * Changes a rule. Requests that it classified stay as they are.
 * @throws NotFound, EditedMeanwhile, and InvalidInput as for a new one.
 */
export async function changeClassificationRule(
  context: ViewerContext,
  id: string,
  { version, ...fields }: ClassificationRuleChange,
): Promise<void> {
  await findClassificationRule(context, id);
  await refusingTakenNames('name', 'admin.nameTaken', () =>
    unitOfWork(context, 'classification-rules.changed', async (tx) => {
      await check(tx, id, fields);
      const { count } = await tx.classificationRule.updateMany({ where: { id, version }, data: fields });
      if (count === 0) throw new EditedMeanwhile();
    }),
  );
}

async function check(
  tx: Transaction,
  id: string,
  { name, conditions, outcome }: Omit<ClassificationRuleChange, 'version'>,
): Promise<void> {
  const where = { name: { equals: name, mode: 'insensitive' }, id: { not: id } } as const;
  if ((await tx.classificationRule.count({ where })) > 0) throw InvalidInput.field('name', 'admin.nameTaken');
  await refuseMissing(tx, 'tierIds', 'tiers', conditions.tierIds);
  await refuseMissing(tx, 'typeIds', 'request_types', conditions.typeIds);
  await refuseMissing(tx, 'typeId', 'request_types', [outcome.typeId]);
  await refuseMissing(tx, 'teamId', 'teams', [outcome.teamId]);
  await refuseMissing(tx, 'categoryId', 'request_categories', [outcome.categoryId]);
  if (outcome.categoryId === null) return;
  const category = await tx.requestCategory.findUnique({ where: { id: outcome.categoryId } });
  const types = outcome.typeId === null ? conditions.typeIds : [outcome.typeId];
  const boundTo = category?.typeId ?? null;
  if (boundTo !== null && (types.length !== 1 || types[0] !== boundTo))
    throw InvalidInput.field('categoryId', 'classificationRules.categoryOfOtherType');
}
