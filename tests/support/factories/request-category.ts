import { v7 as newId } from 'uuid';
import type { Dependencies } from '../../../src/core/context.js';
import { unitOfWork } from '../../../src/core/unit-of-work.js';
import { factoryActor, nextNumber } from './sequence.js';

export interface RequestCategoryOptions {
  readonly name?: string;
  readonly parentId?: string;
  /** Give the parent's where there is one. */
  readonly typeId?: string;
  readonly skillId?: string;
  readonly position?: number;
  readonly archivedAt?: Date;
}

/** A category of requests; returns its id. */
export async function createRequestCategory(
  deps: Dependencies,
  options: RequestCategoryOptions = {},
): Promise<string> {
  const number = nextNumber();
  const data = { id: newId(), name: `Category ${number}`, position: number, ...options };
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', (tx) =>
    tx.requestCategory.create({ data, select: { id: true } }),
  );
  return data.id;
}
