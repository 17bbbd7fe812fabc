import { EditedMeanwhile } from '../../core/conflict.js';
import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { InvalidInput } from '../../core/errors.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { refusingTakenNames } from '../admin/taken-names.js';
import { refuseMissing } from '../service-settings/refuse-missing.js';
import { lockTable } from '../service-settings/setting-upkeep.service.js';
import { requestTypeLimits } from './request-type.js';
import { findRequestType } from './request-types.queries.js';
import type { NewRequestType, RequestTypeChange } from './request-types.schemas.js';

/**
 * Creates a type, after all others. Sent twice, the same form (same id) creates once.
 * @throws InvalidInput when the name is taken, whatever its case, there are too many, or team or skill are gone.
 */
export async function createRequestType(context: ViewerContext, form: NewRequestType): Promise<void> {
  await refusingTakenNames('name', 'admin.nameTaken', () =>
    unitOfWork(context, 'request-types.created', async (tx) => {
      await lockTable(tx, 'request_types');
      const others = await tx.requestType.findMany({ select: { id: true, position: true } });
      if (others.some(({ id }) => id === form.id)) return;
      if (others.length >= requestTypeLimits.types)
        throw InvalidInput.field('name', 'serviceSettings.tooMany', { maximum: requestTypeLimits.types });
      await check(tx, form.id, form);
      const position = Math.max(-1, ...others.map((other) => other.position)) + 1;
      await tx.requestType.create({ data: { ...form, position }, select: { id: true } });
    }),
  );
}

/**
 * Changes a type. Requests there are keep the priority and the team they have.
 * @throws NotFound, EditedMeanwhile, InvalidInput when the name is taken, or team or skill are gone.
 */
export async function changeRequestType(
  context: ViewerContext,
  id: string,
  { version, ...fields }: RequestTypeChange,
): Promise<void> {
  await findRequestType(context, id);
  await refusingTakenNames('name', 'admin.nameTaken', () =>
    unitOfWork(context, 'request-types.changed', async (tx) => {
      await check(tx, id, fields);
      const { count } = await tx.requestType.updateMany({ where: { id, version }, data: fields });
      if (count === 0) throw new EditedMeanwhile();
    }),
  );
}

async function check(
  tx: Transaction,
  id: string,
  { name, teamId, skillId }: Pick<RequestTypeChange, 'name' | 'teamId' | 'skillId'>,
): Promise<void> {
  const where = { name: { equals: name, mode: 'insensitive' }, id: { not: id } } as const;
  if ((await tx.requestType.count({ where })) > 0) throw InvalidInput.field('name', 'admin.nameTaken');
  await refuseMissing(tx, 'teamId', 'teams', [teamId]);
  await refuseMissing(tx, 'skillId', 'skills', [skillId]);
}
