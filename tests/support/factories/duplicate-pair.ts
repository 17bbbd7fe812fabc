import { v7 as newId } from 'uuid';
import type { Dependencies } from '../../../src/core/context.js';
import { unitOfWork } from '../../../src/core/unit-of-work.js';
import { factoryActor } from './sequence.js';

export interface DuplicatePairOptions {
  readonly customerIds: readonly [string, string];
  readonly reasons?: Readonly<Record<string, number>>;
  readonly score?: number;
  readonly state?: 'open' | 'dismissed';
}

/** Two customers that a scan would have found alike; returns the pair's id. */
export async function createDuplicatePair(
  deps: Dependencies,
  { customerIds, reasons = { phone: 2 }, score = 55, state = 'open' }: DuplicatePairOptions,
): Promise<string> {
  const id = newId();
  const [firstId = '', secondId = ''] = [...customerIds].sort();
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', (tx) =>
    tx.duplicatePair.create({ data: { id, firstId, secondId, reasons, score, state } }),
  );
  return id;
}
