import { v7 as newId } from 'uuid';
import type { Dependencies } from '../../../src/core/context.js';
import { unitOfWork } from '../../../src/core/unit-of-work.js';
import { createAttachment } from './attachment.js';
import { createContactPoint } from './contact-point.js';
import { factoryActor, nextNumber } from './sequence.js';

/** One of each that can belong to a customer besides purchases and care: phone, attachment, contact, served thing. */
export async function createBelongings(
  deps: Dependencies,
  { customerId, userId }: { readonly customerId: string; readonly userId: string },
): Promise<void> {
  const number = nextNumber();
  await createContactPoint(deps, { customerId, label: 'work' });
  await createAttachment(deps, { customerId, userId });
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', async (tx) => {
    await tx.customerContact.create({ data: { id: newId(), customerId, name: `Contact ${number}` } });
    const kindId = newId();
    await tx.servedThingKind.create({ data: { id: kindId, name: `Kind ${number}` } });
    await tx.servedThing.create({ data: { id: newId(), customerId, kindId, name: `Thing ${number}` } });
  });
}
