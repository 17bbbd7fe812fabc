import { v7 as newId } from 'uuid';
import type { Dependencies } from '../../../src/core/context.js';
import { unitOfWork } from '../../../src/core/unit-of-work.js';
import { factoryActor, nextNumber } from './sequence.js';

/** A team; returns its id. */
export async function createTeam(
  deps: Dependencies,
  options: { name?: string; branchId?: string } = {},
): Promise<string> {
  const id = newId();
  const name = options.name ?? `Team ${nextNumber()}`;
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', (tx) =>
    tx.team.create({ data: { id, name, branchId: options.branchId ?? null } }),
  );
  return id;
}
