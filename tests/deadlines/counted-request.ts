import { v7 as newId } from 'uuid';
import { z } from 'zod';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import type { StateCategory } from '../../src/core/working-time/pauses.js';
import { recomputeDeadlines } from '../../src/modules/deadlines/recompute-deadlines.js';
import { createCustomer } from '../support/factories/customer.js';
import { factoryActor, nextNumber } from '../support/factories/sequence.js';
import type { TestProduct } from '../support/product.js';

export interface RequestFacts {
  readonly received: string;
  /** States after the beginning, in order, by the moment at which it came into them. */
  readonly states?: readonly (readonly [moment: string, category: StateCategory])[];
  readonly responded?: string;
  readonly customerWaits?: string;
  readonly typeId?: string;
  readonly priority?: number;
  readonly customerId?: string;
  readonly sourceNo?: string;
  readonly assigneeId?: string;
  readonly teamId?: string;
}

/** A type and a state of each category, as an administrator would make them. */
export async function createLifecycle({ deps }: TestProduct) {
  const number = nextNumber();
  const states = (['open', 'waiting', 'done'] as const).map((category) => ({
    ...{ id: newId(), name: `${category} ${number}`, category },
  }));
  const typeId = newId();
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', async (tx) => {
    await tx.requestType.create({ data: { id: typeId, name: `Type ${number}` } });
    await tx.requestState.createMany({ data: states });
  });
  const stateId = (category: StateCategory): string =>
    states.find((state) => state.category === category)?.id ?? '';
  return { typeId, stateId };
}

export type Lifecycle = Awaited<ReturnType<typeof createLifecycle>>;

/** A request with its history, stored as it would be just now; its deadlines are not counted. */
export async function createCountedRequest(
  { deps }: TestProduct,
  { typeId, stateId }: Lifecycle,
  facts: RequestFacts,
): Promise<string> {
  const id = newId();
  const customerId = facts.customerId ?? (await createCustomer(deps)).id;
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', async (tx) => {
    await tx.serviceRequest.create({
      data: {
        ...{ id, requestNo: `SR-T-${nextNumber()}`, typeId: facts.typeId ?? typeId, customerId },
        ...{
          priority: facts.priority ?? 2,
          channel: 'phone',
          subject: 'Leaking tap',
          ...stateOf(facts, stateId),
        },
        ...{ receivedAt: new Date(facts.received), firstRespondedAt: moment(facts.responded) },
        ...{ customerWaitsSince: moment(facts.customerWaits), sourceNo: facts.sourceNo ?? null },
        ...{ assigneeId: facts.assigneeId ?? null, teamId: facts.teamId ?? null },
      },
    });
    const changes = [[facts.received, 'open'] as const, ...(facts.states ?? [])];
    await tx.requestStateChange.createMany({
      data: changes.map(([at, category]) => ({
        ...{ id: newId(), requestId: id, toStateId: stateId(category), category, changedAt: new Date(at) },
      })),
    });
  });
  return id;
}

/** Puts a request into a further state. */
export async function moveRequest(
  { deps }: TestProduct,
  { stateId }: Lifecycle,
  requestId: string,
  [at, category]: readonly [moment: string, category: StateCategory],
): Promise<void> {
  await unitOfWork({ deps, actor: factoryActor }, 'factory.changed', async (tx) => {
    await tx.serviceRequest.update({
      where: { id: requestId },
      data: stateOf({ received: at, states: [[at, category]] }, stateId),
    });
    await tx.requestStateChange.create({
      data: { id: newId(), requestId, toStateId: stateId(category), category, changedAt: new Date(at) },
    });
  });
}

function stateOf({ states = [] }: RequestFacts, stateId: Lifecycle['stateId']) {
  const [at, category] = states.at(-1) ?? ['', 'open'];
  return {
    stateId: stateId(category),
    stateCategory: category,
    closedAt: category === 'done' ? new Date(at) : null,
  };
}

const moment = (text: string | undefined): Date | null => (text === undefined ? null : new Date(text));

const StoredDeadlines = z.object({
  policy_id: z.string().nullable(),
  first_response_due_at: z.date().nullable(),
  update_due_at: z.date().nullable(),
  resolution_due_at: z.date().nullable(),
  next_due_at: z.date().nullable(),
  next_due_kind: z.string().nullable(),
  next_warning_at: z.date().nullable(),
  response_minutes: z.number().nullable(),
  responded_in_time: z.boolean().nullable(),
  resolution_minutes: z.number().nullable(),
  resolved_in_time: z.boolean().nullable(),
  deadline_basis: z.unknown(),
  version: z.number(),
});

/** Counts as the end of a change would. */
export const recompute = ({ deps }: TestProduct, ids: readonly string[], now: string): Promise<string[]> =>
  unitOfWork({ deps, actor: factoryActor }, 'factory.changed', (tx) =>
    recomputeDeadlines(tx, ids, new Date(now)),
  );

export async function storedDeadlines(
  product: TestProduct,
  id: string,
): Promise<z.infer<typeof StoredDeadlines>> {
  const [row] = await product.query(
    StoredDeadlines,
    'SELECT *, policy_id::text FROM service_requests WHERE id = $1',
    [id],
  );
  return StoredDeadlines.parse(row);
}
