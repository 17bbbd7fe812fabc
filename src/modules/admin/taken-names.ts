import { InvalidInput } from '../../core/errors.js';
import type { MessageKey } from '../../core/i18n.js';
import { isUniqueViolation } from '../../core/unit-of-work.js';

/**
 * Runs a unit of work in which a column must be unique.
 * @throws InvalidInput with `key` beside the field of that name, instead of the database's error.
 */
export async function refusingTakenNames<Result>(
  column: string,
  key: MessageKey,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (isUniqueViolation(error, column)) throw InvalidInput.field(column, key);
    throw error;
  }
}
