import { v7 as newId } from 'uuid';
import type { Dependencies } from '../../../src/core/context.js';
import { unitOfWork } from '../../../src/core/unit-of-work.js';
import type { RequestBehaviour } from '../../../src/modules/request-types/request-type.js';
import { factoryActor, nextNumber } from './sequence.js';

export interface RequestTypeOptions {
  readonly name?: string;
  readonly behaviour?: RequestBehaviour;
  readonly defaultPriority?: number;
  readonly teamId?: string;
  readonly skillId?: string;
  readonly isSurveyed?: boolean;
  readonly isPublic?: boolean;
  readonly position?: number;
  readonly archivedAt?: Date;
}

/** A type of requests, after the shipped ones; returns its id. */
export async function createRequestType(
  deps: Dependencies,
  options: RequestTypeOptions = {},
): Promise<string> {
  const number = nextNumber();
  const data = { id: newId(), name: `Type ${number}`, position: 100 + number, ...options };
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', (tx) =>
    tx.requestType.create({ data, select: { id: true } }),
  );
  return data.id;
}
