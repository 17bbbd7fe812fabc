import { v7 as newId } from 'uuid';
import type { Dependencies } from '../../../src/core/context.js';
import { unitOfWork } from '../../../src/core/unit-of-work.js';
import { factoryActor } from './sequence.js';

export interface ContactRecordOptions {
  readonly customerId: string;
  readonly staffId?: string;
  readonly happenedAt?: Date;
  readonly channel?: string;
  readonly direction?: string;
  readonly outcome?: string;
  readonly summary?: string;
}

/** A contact with a customer; returns its id. */
export async function createContactRecord(
  deps: Dependencies,
  options: ContactRecordOptions,
): Promise<string> {
  const id = newId();
  const defaults = { channel: 'phone', direction: 'out', outcome: 'reached', summary: 'Asked how it went' };
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', (tx) =>
    tx.contactRecord.create({ data: { ...defaults, happenedAt: deps.now(), ...options, id } }),
  );
  return id;
}
