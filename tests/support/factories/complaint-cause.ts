import { v7 as newId } from 'uuid';
import type { Dependencies } from '../../../src/core/context.js';
import { unitOfWork } from '../../../src/core/unit-of-work.js';
import { factoryActor, nextNumber } from './sequence.js';

export interface ComplaintCauseOptions {
  readonly name?: string;
  readonly parentId?: string;
  readonly position?: number;
  readonly archivedAt?: Date;
}

/** A cause of complaints; returns its id. */
export async function createComplaintCause(
  deps: Dependencies,
  options: ComplaintCauseOptions = {},
): Promise<string> {
  const number = nextNumber();
  const data = { id: newId(), name: `Cause ${number}`, position: 100 + number, ...options };
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', (tx) =>
    tx.complaintCause.create({ data, select: { id: true } }),
  );
  return data.id;
}
