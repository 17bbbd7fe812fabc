import { v7 as newId } from 'uuid';
import type { Dependencies } from '../../../src/core/context.js';
import { translator } from '../../../src/core/i18n.js';
import { unitOfWork } from '../../../src/core/unit-of-work.js';
import { openRequest, type OpeningRequest } from '../../../src/modules/service-requests/open-request.js';
import { createCustomer } from './customer.js';
import { factoryActor, nextNumber } from './sequence.js';

export type ShippedType = 'consultation' | 'complaint' | 'returnVisit' | 'repair' | 'recovery';

export interface RequestOptions extends Partial<Omit<OpeningRequest, 'id' | 'typeId'>> {
  readonly type?: ShippedType;
  readonly typeId?: string;
}

export interface TestRequest {
  readonly id: string;
  readonly customerId: string;
}

/** A request as the product opens it: a consultation of a customer of its own, unless told. */
export async function createRequest(
  deps: Dependencies,
  { type = 'consultation', ...options }: RequestOptions = {},
): Promise<TestRequest> {
  const id = newId();
  const customerId = options.customerId ?? (await createCustomer(deps)).id;
  const typeId = options.typeId ?? (await typeIdOf(deps, type));
  const context = { deps, actor: factoryActor, locale: 'en', t: translator('en') } as const;
  await unitOfWork(context, 'factory.created', (tx) =>
    openRequest(tx, context, {
      subject: `Request ${nextNumber()}`,
      channel: 'phone',
      ...options,
      ...{ id, typeId, customerId },
    }),
  );
  return { id, customerId };
}

/** The id of a type that the product ships. */
export async function typeIdOf(deps: Dependencies, key: ShippedType): Promise<string> {
  const type = await deps.database.models.requestType.findUniqueOrThrow({
    where: { shippedKey: key },
    select: { id: true },
  });
  return type.id;
}

export type ShippedState = 'new' | 'inProgress' | 'waiting' | 'closed' | 'cancelled';

/** The id of a state that the product ships. */
export async function stateIdOf(deps: Dependencies, key: ShippedState): Promise<string> {
  const state = await deps.database.models.requestState.findUniqueOrThrow({
    where: { shippedKey: key },
    select: { id: true },
  });
  return state.id;
}

export interface EntryOptions {
  readonly requestId: string;
  readonly body: string;
  readonly authorId: string;
}

/** A note of a member of staff on a request. */
export async function createEntry(deps: Dependencies, options: EntryOptions): Promise<string> {
  const id = newId();
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', (tx) =>
    tx.requestEntry.create({
      data: { id, kind: 'note', happenedAt: deps.now(), ...options },
      select: { id: true },
    }),
  );
  return id;
}
