import { v7 as newId } from 'uuid';
import type { Dependencies } from '../../../src/core/context.js';
import { unitOfWork } from '../../../src/core/unit-of-work.js';
import {
  sealContactPoint,
  type ContactKind,
  type ContactPointLabel,
} from '../../../src/modules/customers/contact-point.js';
import { factoryActor, nextNumber } from './sequence.js';

export interface ContactPointOptions {
  readonly customerId: string;
  readonly kind?: ContactKind;
  readonly label?: ContactPointLabel;
  readonly value?: string;
}

/** A further phone or e-mail address of a customer; returns its id. */
export async function createContactPoint(deps: Dependencies, options: ContactPointOptions): Promise<string> {
  const id = newId();
  const { customerId, kind = 'phone', label = 'mobile' } = options;
  const value = options.value ?? `+86139${String(10_000_000 + nextNumber())}`;
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', (tx) =>
    tx.customerContactPoint.create({
      data: { id, customerId, label, ...sealContactPoint(deps.cipher, id, kind, value) },
    }),
  );
  return id;
}
