import { v7 as newId } from 'uuid';
import type { Dependencies } from '../../../src/core/context.js';
import { unitOfWork } from '../../../src/core/unit-of-work.js';
import type { CustomFieldKind } from '../../../src/modules/custom-fields/custom-field.js';
import { factoryActor, nextNumber } from './sequence.js';

export interface CustomFieldOptions {
  readonly key?: string;
  readonly label?: string;
  readonly kind?: CustomFieldKind;
  readonly choices?: readonly string[];
  readonly isRequired?: boolean;
}

/** A custom field in use, behind those that there are; returns its id. */
export async function createCustomField(
  deps: Dependencies,
  options: CustomFieldOptions = {},
): Promise<string> {
  const number = nextNumber();
  const { key = `field${number}`, label = `Field ${number}`, choices = [], ...fields } = options;
  const id = newId();
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', async (tx) => {
    const position = await tx.customField.count();
    await tx.customField.create({
      data: { kind: 'text', ...fields, id, key, label, choices: [...choices], position },
    });
  });
  return id;
}
