import { v7 as newId } from 'uuid';
import { EditedMeanwhile } from '../../core/conflict.js';
import type { ViewerContext } from '../../core/context.js';
import { isUniqueViolation, unitOfWork, type AuditAction } from '../../core/unit-of-work.js';
import type { Prisma } from '../../generated/prisma/client.js';

/** A setting as a form saves it; version 0 is that of one never saved. */
interface SavedSetting {
  readonly key: string;
  readonly version: number;
  readonly value: Prisma.InputJsonObject;
}

/**
 * Saves a setting in a unit of work of its own.
 * @throws EditedMeanwhile when somebody else saved it since the form was opened.
 */
export async function saveSetting(
  context: ViewerContext,
  action: AuditAction,
  { key, version, value }: SavedSetting,
): Promise<void> {
  try {
    await unitOfWork(context, action, async (tx) => {
      if (version === 0) {
        await tx.setting.create({ data: { id: newId(), key, value } });
        return;
      }
      const { count } = await tx.setting.updateMany({ where: { key, version }, data: { value } });
      if (count === 0) throw new EditedMeanwhile();
    });
  } catch (error) {
    throw isUniqueViolation(error, 'key') ? new EditedMeanwhile() : error;
  }
}
