import { v7 as newId } from 'uuid';
import type { Transaction } from '../../core/database.js';
import { shippedCauses } from '../complaint-causes/shipped-causes.js';
import { shippedStates, shippedTransitions } from '../request-states/shipped-lifecycle.js';
import { shippedTypes } from '../request-types/shipped-types.js';

const shippedSetting = 'serviceRequests.shipped';

/** What there is to ship, by names that live for ever. */
const everything = [
  ...shippedTypes.map(({ key }) => `types.${key}`),
  ...shippedStates.map(({ key }) => `states.${key}`),
  ...shippedCauses.flatMap(({ key, causes }) => [key, ...causes.map((cause) => cause.key)].map(causeItem)),
];

/**
 * Makes the types, the lifecycle and the causes that requests start with. Each is made once in the life of an
 * installation: what somebody deleted or renamed stays so, and a newer version adds only what it knows besides.
 */
export async function shipServiceDefaults(tx: Transaction): Promise<void> {
  const stored = await tx.setting.findUnique({ where: { key: shippedSetting } });
  const known = new Set<unknown>(Array.isArray(stored?.value) ? stored.value : []);
  const isFresh = (item: string): boolean => !known.has(item);
  if (!everything.some(isFresh)) return;
  await shipTypes(tx, isFresh);
  await shipLifecycle(tx, isFresh);
  await shipCauses(tx, isFresh);
  await tx.setting.upsert({
    where: { key: shippedSetting },
    create: { id: newId(), key: shippedSetting, value: everything },
    update: { value: everything },
  });
}

type IsFresh = (item: string) => boolean;

/** A name that is taken already stays with whoever has it. */
async function shipTypes(tx: Transaction, isFresh: IsFresh): Promise<void> {
  const types = shippedTypes.flatMap(({ key, ...type }, position) =>
    isFresh(`types.${key}`) ? [{ id: newId(), shippedKey: key, position, ...type }] : [],
  );
  await tx.requestType.createMany({ data: types, skipDuplicates: true });
}

/** Steps come with the states at their ends. */
async function shipLifecycle(tx: Transaction, isFresh: IsFresh): Promise<void> {
  const fresh = shippedStates.filter(({ key }) => isFresh(`states.${key}`));
  if (fresh.length === 0) return;
  const hasInitial = (await tx.requestState.count({ where: { isInitial: true } })) > 0;
  await tx.requestState.createMany({
    data: fresh.map(({ key, isInitial, ...state }) => ({
      id: newId(),
      shippedKey: key,
      position: shippedStates.findIndex((one) => one.key === key),
      isInitial: isInitial && !hasInitial,
      ...state,
    })),
    skipDuplicates: true,
  });
  const states = await tx.requestState.findMany({
    where: { shippedKey: { not: null } },
    select: { id: true, shippedKey: true },
  });
  const idOf = new Map(states.map(({ id, shippedKey }) => [shippedKey, id]));
  const transitions = shippedTransitions.flatMap(({ from, to, permission, requiredFields }) => {
    const [fromStateId, toStateId] = [idOf.get(from), idOf.get(to)];
    const isNew = fresh.some(({ key }) => key === from || key === to);
    if (!isNew || fromStateId === undefined || toStateId === undefined) return [];
    return [{ id: newId(), fromStateId, toStateId, permission, requiredFields: [...requiredFields] }];
  });
  await tx.requestTransition.createMany({ data: transitions, skipDuplicates: true });
}

async function shipCauses(tx: Transaction, isFresh: IsFresh): Promise<void> {
  for (const [position, { key, name, causes }] of shippedCauses.entries()) {
    const parent = { parentId: null, name };
    if (isFresh(causeItem(key)))
      await tx.complaintCause.createMany({
        data: [{ id: newId(), position, ...parent }],
        skipDuplicates: true,
      });
    const group = await tx.complaintCause.findFirst({ where: parent, select: { id: true } });
    const fresh = causes.flatMap((cause, place) =>
      isFresh(causeItem(cause.key))
        ? [{ id: newId(), parentId: group?.id ?? null, name: cause.name, position: place }]
        : [],
    );
    if (group) await tx.complaintCause.createMany({ data: fresh, skipDuplicates: true });
  }
}

function causeItem(key: string): string {
  return `causes.${key}`;
}
