import { v7 as newId } from 'uuid';
import type { Dependencies } from '../../../src/core/context.js';
import { unitOfWork } from '../../../src/core/unit-of-work.js';
import type { TagColor } from '../../../src/modules/tags/tag.js';
import { factoryActor, nextNumber } from './sequence.js';

export interface TagOptions {
  readonly name?: string;
  readonly color?: TagColor;
  /** Customers who have it. */
  readonly customerIds?: readonly string[];
}

/** A tag, on some customers; returns its id. */
export async function createTag(deps: Dependencies, options: TagOptions = {}): Promise<string> {
  const { name = `Tag ${nextNumber()}`, color = 'blue', customerIds = [] } = options;
  const tagId = newId();
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', async (tx) => {
    await tx.tag.create({ data: { id: tagId, name, color } });
    await tx.customerTag.createMany({
      data: customerIds.map((customerId) => ({ id: newId(), customerId, tagId })),
    });
  });
  return tagId;
}
