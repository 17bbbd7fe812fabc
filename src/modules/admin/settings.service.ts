import { v7 as newId } from 'uuid';
import { EditedMeanwhile } from '../../core/conflict.js';
import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
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
  setting: SavedSetting,
): Promise<void> {
  await saveSettingWith(context, action, setting, () => Promise.resolve());
}

/** The same with what follows from it, in one unit of work. @throws EditedMeanwhile */
export async function saveSettingWith<Result>(
  context: ViewerContext,
  action: AuditAction,
  { key, version, value }: SavedSetting,
  follow: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  try {
    return await unitOfWork(context, action, async (tx) => {
      if (version === 0) {
        await tx.setting.create({ data: { id: newId(), key, value } });
      } else {
        const { count } = await tx.setting.updateMany({ where: { key, version }, data: { value } });
        if (count === 0) throw new EditedMeanwhile();
      }
      return follow(tx);
    });
  } catch (error) {
    throw isUniqueViolation(error, 'key') ? new EditedMeanwhile() : error;
  }
}
