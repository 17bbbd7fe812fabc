import fc from 'fast-check';
import { v7 as newId } from 'uuid';
import type { Dependencies } from '../../src/core/context.js';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { createContactRecord } from '../support/factories/contact-record.js';
import { createCustomer } from '../support/factories/customer.js';
import { createFollowUp } from '../support/factories/follow-up.js';
import { createPurchase } from '../support/factories/purchase.js';
import { factoryActor } from '../support/factories/sequence.js';
import { createTag } from '../support/factories/tag.js';
import { createTeam } from '../support/factories/team.js';
import { createCustomerTier, createTier } from '../support/factories/tier.js';
import { createUser } from '../support/factories/user.js';
import { shift, type NaiveCustomer } from './naive-segments.js';

/** Customers in the database, and the same as plain data. */
export interface Population {
  readonly customers: ReadonlyMap<string, NaiveCustomer>;
  readonly places: Places;
}

/** The ids of what customers belong to. */
type Places = Readonly<Record<'branch' | 'team' | 'owner' | 'tier' | 'tag', readonly string[]>>;

const dayNear = fc.integer({ min: -400, max: 60 }).map((days) => shift('2026-03-31', days));
const purchase = fc.record({
  day: dayNear,
  cents: fc.oneof(fc.integer({ min: 0, max: 200_000 }), fc.integer({ min: -50_000, max: -1 })),
  item: fc.constantFrom('Facial care', 'facial Deluxe', 'Massage', null),
});

const anyCustomer = ({ branch, team, owner, tier, tag }: Places): fc.Arbitrary<NaiveCustomer> =>
  fc.record({
    name: fc.constantFrom('Anna Berg', 'Ben Annan', 'Chen Wei', 'Dora'),
    gender: fc.constantFrom('female', 'male', null),
    city: fc.constantFrom('Shanghai', 'Suzhou', null),
    birthDate: fc.constantFrom('1992-02-29', '1990-03-01', '2000-02-28', '1985-12-31', '1999-04-14', null),
    tagIds: fc.subarray([...tag]),
    score: fc.constantFrom(0, 2.5, -3, 10, null),
    isMember: fc.constantFrom(true, false, null),
    purchases: fc.array(purchase, { maxLength: 6 }),
    nextFollowUpOn: fc.option(dayNear, { nil: null }),
    lastContactOn: fc.option(dayNear, { nil: null }),
    firstVisitOn: fc.option(dayNear, { nil: null }),
    createdOn: dayNear,
    source: fc.constantFrom('Walk-in', 'Friend', null),
    branch: fc.constantFrom(...branch, null),
    team: fc.constantFrom(...team, null),
    owner: fc.constantFrom(...owner, null),
    tier: fc.record({
      calculated: fc.constantFrom(...tier, null),
      override: fc.constantFrom(...tier, null, null),
      until: fc.constantFrom('2026-02-25', '2026-03-01', '2028-12-31'),
    }),
  });

/** Fills the database with so many drawn customers. */
export async function populate(deps: Dependencies, count: number, seed: number): Promise<Population> {
  const places = await createPlaces(deps);
  const customers = new Map<string, NaiveCustomer>();
  for (const customer of fc.sample(anyCustomer(places), { numRuns: count, seed }))
    customers.set(await store(deps, customer), customer);
  return { customers, places };
}

async function createPlaces(deps: Dependencies): Promise<Places> {
  const places: Record<keyof Places, string[]> = { branch: [], team: [], owner: [], tier: [], tag: [] };
  for (const name of ['VIP', 'Allergic', 'Regular']) places.tag.push(await createTag(deps, { name }));
  for (const name of ['East', 'West']) {
    const branch = { id: newId(), name };
    await unitOfWork({ deps, actor: factoryActor }, 'factory.created', (tx) =>
      tx.branch.create({ data: branch, select: { id: true } }),
    );
    places.branch.push(branch.id);
    places.team.push(await createTeam(deps));
    places.owner.push((await createUser(deps)).id);
    places.tier.push(await createTier(deps));
  }
  return places;
}

const noon = (day: string): Date => new Date(`${day}T04:00:00Z`);

/** Returns the id. */
async function store(deps: Dependencies, customer: NaiveCustomer): Promise<string> {
  const { gender, city, birthDate, source, team, owner, score, isMember } = customer;
  const { id } = await createCustomer(deps, {
    name: customer.name,
    ...(gender !== null && { gender: gender === 'female' ? 'female' : 'male' }),
    ...(city !== null && { city }),
    ...(birthDate !== null && { birthDate }),
    ...(source !== null && { source }),
    ...(team !== null && { teamId: team }),
    ...(owner !== null && { ownerId: owner }),
    createdAt: noon(customer.createdOn),
    customValues: { ...(score !== null && { score }), ...(isMember !== null && { isMember }) },
  });
  await storeRest(deps, id, customer);
  for (const { day, cents, item } of customer.purchases)
    await createPurchase(deps, {
      customerId: id,
      purchasedOn: day,
      amount: (cents / 100).toFixed(2),
      ...(item !== null && { item }),
    });
  return id;
}

/** What hangs on a customer. */
async function storeRest(deps: Dependencies, customerId: string, customer: NaiveCustomer): Promise<void> {
  const { branch: branchId, firstVisitOn, lastContactOn, nextFollowUpOn, tagIds } = customer;
  const { calculated, override, until } = customer.tier;
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', async (tx) => {
    const data = { branchId, firstVisitOn: firstVisitOn === null ? null : noon(firstVisitOn) };
    await tx.customer.update({ where: { id: customerId }, data, select: { id: true } });
    await tx.customerTag.createMany({ data: tagIds.map((tagId) => ({ id: newId(), customerId, tagId })) });
  });
  if (lastContactOn !== null)
    await createContactRecord(deps, { customerId, happenedAt: noon(lastContactOn) });
  if (nextFollowUpOn !== null)
    await createFollowUp(deps, { customerId, ownerId: (await createUser(deps)).id, dueOn: nextFollowUpOn });
  await createCustomerTier(deps, {
    customerId,
    ...(calculated !== null && { calculatedId: calculated }),
    ...(override !== null && { override: { tierId: override, reason: 'Promised', until } }),
  });
}
