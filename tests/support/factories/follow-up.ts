import { v7 as newId } from 'uuid';
import type { Dependencies } from '../../../src/core/context.js';
import { unitOfWork } from '../../../src/core/unit-of-work.js';
import { factoryActor } from './sequence.js';

export interface FollowUpOptions {
  readonly customerId: string;
  readonly ownerId: string;
  /** `yyyy-mm-dd` */
  readonly dueOn: string;
  /** Minutes after midnight. */
  readonly dueMinute?: number;
  readonly action?: string;
  readonly previousId?: string;
  readonly createdAt?: Date;
}

/** An open follow-up; returns its id. */
export async function createFollowUp(
  deps: Dependencies,
  { dueOn, action = 'Call back', ...options }: FollowUpOptions,
): Promise<string> {
  const id = newId();
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', (tx) =>
    tx.followUp.create({ data: { ...options, id, action, dueOn: new Date(`${dueOn}T00:00:00Z`) } }),
  );
  return id;
}
