import { v7 as newId } from 'uuid';
import type { Dependencies } from '../../../src/core/context.js';
import type { Permission, Scope } from '../../../src/core/permissions.js';
import { unitOfWork } from '../../../src/core/unit-of-work.js';
import { factoryActor, nextNumber } from './sequence.js';

/** A role with exactly these grants; returns its id. */
export async function createRole(
  deps: Dependencies,
  grants: Partial<Record<Permission, Scope>> = {},
  name = `Role ${nextNumber()} of its own`,
): Promise<string> {
  const roleId = newId();
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', async (tx) => {
    await tx.role.create({ data: { id: roleId, name } });
    await tx.roleGrant.createMany({
      data: Object.entries(grants).map(([permission, scope]) => ({ id: newId(), roleId, permission, scope })),
    });
  });
  return roleId;
}
