import { v7 as newId } from 'uuid';
import type { Dependencies } from '../../../src/core/context.js';
import { unitOfWork } from '../../../src/core/unit-of-work.js';
import { sealEmail, sealPhone } from '../../../src/modules/customer-contacts/sealed-reach.js';
import { factoryActor, nextNumber } from './sequence.js';

export interface CustomerContactOptions {
  readonly customerId: string;
  readonly name?: string;
  readonly position?: string;
  /** In E.164. */
  readonly phone?: string;
  readonly email?: string;
  readonly isPrimary?: boolean;
  readonly remark?: string;
}

/** A contact of a customer; returns its id. */
export async function createCustomerContact(
  deps: Dependencies,
  { phone, email, ...options }: CustomerContactOptions,
): Promise<string> {
  const id = newId();
  const data = {
    name: `Contact ${nextNumber()}`,
    ...options,
    ...{ id, ...sealPhone(deps.cipher, id, phone ?? null), ...sealEmail(deps.cipher, id, email ?? null) },
  };
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', (tx) =>
    tx.customerContact.create({ data, select: { id: true } }),
  );
  return id;
}
