import { v7 as newId } from 'uuid';
import type { Dependencies } from '../../../src/core/context.js';
import { unitOfWork } from '../../../src/core/unit-of-work.js';
import { factoryActor, nextNumber } from './sequence.js';

export interface DeadlinePolicyOptions {
  readonly calendarId: string;
  readonly name?: string;
  readonly typeId?: string;
  readonly priority?: number;
  readonly tierId?: string;
  readonly firstResponseMinutes?: number | null;
  readonly updateMinutes?: number | null;
  readonly resolutionMinutes?: number | null;
  readonly warningMinutes?: number;
  readonly escalationUserIds?: string[];
  readonly position?: number;
  readonly archivedAt?: Date;
}

/** A policy; an hour to the first response, four to each update and eight to the end unless told. Returns its id. */
export async function createDeadlinePolicy(
  deps: Dependencies,
  options: DeadlinePolicyOptions,
): Promise<string> {
  const id = newId();
  const targets = { firstResponseMinutes: 60, updateMinutes: 240, resolutionMinutes: 480 };
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', (tx) =>
    tx.deadlinePolicy.create({
      data: { id, name: `Policy ${nextNumber()}`, ...targets, ...options },
      select: { id: true },
    }),
  );
  return id;
}
