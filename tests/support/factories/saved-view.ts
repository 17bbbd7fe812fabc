import { v7 as newId } from 'uuid';
import { z } from 'zod';
import type { Dependencies } from '../../../src/core/context.js';
import { unitOfWork } from '../../../src/core/unit-of-work.js';
import type { TestProduct } from '../product.js';
import { factoryActor } from './sequence.js';

export interface SavedViewOptions {
  readonly ownerId: string;
  readonly name: string;
  readonly query?: string;
  readonly columns?: string[];
  readonly sharedRoleId?: string;
}

/** A saved view of the customer list; returns its id. */
export async function createSavedView(deps: Dependencies, options: SavedViewOptions): Promise<string> {
  const id = newId();
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', (tx) =>
    tx.savedView.create({ data: { query: '', ...options, id, list: 'customers' } }),
  );
  return id;
}

/** The id of a shipped role. */
export async function roleIdOf(product: TestProduct, shippedKey: string): Promise<string> {
  const [role] = await product.query(
    z.object({ id: z.string() }),
    'SELECT id::text FROM roles WHERE shipped_key = $1',
    [shippedKey],
  );
  if (!role) throw new Error(`no role ${shippedKey}`);
  return role.id;
}
