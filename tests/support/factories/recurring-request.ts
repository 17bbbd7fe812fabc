import { v7 as newId } from 'uuid';
import type { Dependencies } from '../../../src/core/context.js';
import { unitOfWork } from '../../../src/core/unit-of-work.js';
import type { RecurrenceUnit } from '../../../src/modules/recurring-requests/recurrence.js';
import { createCustomer } from './customer.js';
import { factoryActor, nextNumber } from './sequence.js';
import { typeIdOf } from './service-request.js';

export interface RecurringOptions {
  readonly customerId?: string;
  readonly subject?: string;
  readonly assigneeId?: string;
  readonly unit?: RecurrenceUnit;
  readonly every?: number;
  readonly startsOn: string;
  /** The first day unless told; null is paused. */
  readonly nextOn?: string | null;
  readonly endsOn?: string;
  readonly leadDays?: number;
}

/** A recurring consultation of a customer of its own, every month, unless told. */
export async function createRecurring(
  deps: Dependencies,
  { customerId, startsOn, nextOn = startsOn, endsOn, ...options }: RecurringOptions,
): Promise<string> {
  const id = newId();
  const data = {
    ...{
      id,
      customerId: customerId ?? (await createCustomer(deps)).id,
      subject: `Recurring ${nextNumber()}`,
    },
    ...{ typeId: await typeIdOf(deps, 'consultation'), unit: 'month', every: 1, ...options },
    ...{ startsOn: new Date(startsOn), nextOn: nextOn === null ? null : new Date(nextOn) },
    endsOn: endsOn === undefined ? null : new Date(endsOn),
  };
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', (tx) =>
    tx.recurringRequest.create({ data }),
  );
  return id;
}
