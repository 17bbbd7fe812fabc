import fc from 'fast-check';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { addDays } from '../../src/modules/follow-ups/due-days.js';
import { previewTiers } from '../../src/modules/tiers/tier-preview.queries.js';
import { calculateTiers, calculateTiersOf } from '../../src/modules/tiers/tier-calculation.service.js';
import { everybody } from '../../src/modules/tiers/tier-decisions.js';
import { readSavedRules } from '../../src/modules/tiers/tiers.queries.js';
import { recalculateTiers } from '../../src/modules/tiers/tiers.service.js';
import { administratorContext } from '../admin/viewer-context.js';
import { factoryActor } from '../support/factories/sequence.js';
import { createUser } from '../support/factories/user.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { naiveEarned, naiveTier, type NaiveCustomer, type NaiveTier } from './naive-tiers.js';

const today = '2026-03-31';

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
  product.setNow(new Date(`${today}T12:00:00Z`));
});
afterAll(() => product.close());

const ranks = [1, 2, 3, 4];
const optional = <Value>(...values: Value[]) => fc.option(fc.constantFrom(...values), { freq: 2 });

/** Few values, so that sums meet limits exactly and days lie on the edges of windows. */
const anyTier = (rank: number): fc.Arbitrary<NaiveTier> =>
  fc
    .record({
      minimumCents: optional(5_000, 10_000, 15_000),
      minimumPurchases: optional(1, 2, 3),
      maximumRecency: optional(0, 1, 29),
      match: fc.constantFrom('all' as const, 'any' as const),
    })
    .map((rule) => ({
      ...rule,
      id: newId(),
      rank,
      minimumPurchases:
        rule.minimumCents === null && rule.maximumRecency === null
          ? (rule.minimumPurchases ?? 1)
          : rule.minimumPurchases,
    }));

const anyPurchase = fc.record({
  day: fc.constantFrom(1, 0, -1, -2, -29, -30, -31, -59, -60, -61),
  cents: fc.constantFrom(0, 1, 4_999, 5_000, 10_000, -1, -5_000, -10_000),
});

const anyWorld = fc
  .record({
    tiers: fc.subarray(ranks).chain((chosen) => fc.tuple(...chosen.map(anyTier))),
    policy: fc.record({ windowDays: fc.constantFrom(30, 60), graceDays: fc.constantFrom(0, 1, 30) }),
  })
  .chain((rules) =>
    fc.record({
      rules: fc.constant(rules),
      customers: fc.array(
        fc.record({
          purchases: fc.array(anyPurchase, { maxLength: 5 }),
          tierId: fc.option(fc.constantFrom(...rules.tiers.map(({ id }) => id), null)),
          graceUntil: optional(-1, 0, 1, 20),
        }),
        { minLength: 1, maxLength: 20 },
      ),
    }),
  );

type World = typeof anyWorld extends fc.Arbitrary<infer Value> ? Value : never;
type StoredCustomer = NaiveCustomer & { readonly id: string };

const asDate = (day: number): Date => new Date(`${addDays(today, day)}T00:00:00Z`);

async function store({ rules, customers: made }: World): Promise<StoredCustomer[]> {
  const customers = made.map((customer) => ({
    ...customer,
    graceUntil: customer.tierId === null ? null : customer.graceUntil,
    id: newId(),
  }));
  await unitOfWork({ deps: product.deps, actor: factoryActor }, 'factory.created', async (tx) => {
    await tx.purchase.deleteMany();
    await tx.customer.deleteMany();
    await tx.tier.deleteMany();
    await tx.setting.deleteMany({ where: { key: 'tiers.policy' } });
    await tx.setting.create({ data: { id: newId(), key: 'tiers.policy', value: rules.policy } });
    await tx.tier.createMany({
      data: rules.tiers.map(({ minimumCents, ...tier }) => ({
        ...tier,
        name: `Tier ${tier.rank}`,
        minimumAmount: minimumCents === null ? null : minimumCents / 100,
      })),
    });
    await tx.customer.createMany({
      data: customers.map(({ id }) => ({ id, customerNo: id, name: id, namePinyin: id, nameInitials: id })),
    });
    await tx.purchase.createMany({
      data: customers.flatMap(({ id, purchases }) =>
        purchases.map(({ day, cents }) => ({
          id: newId(),
          customerId: id,
          purchasedOn: asDate(day),
          amount: cents / 100,
        })),
      ),
    });
    await tx.customerTier.createMany({
      data: customers.flatMap(({ id, tierId, graceUntil }) =>
        tierId === null
          ? []
          : [{ id, calculatedId: tierId, graceUntil: graceUntil === null ? null : asDate(graceUntil) }],
      ),
    });
  });
  return customers;
}

const TierRow = z.object({ id: z.string(), tier_id: z.string().nullable(), grace: z.string().nullable() });

async function storedTiers(): Promise<Record<string, { tierId: string | null; grace: string | null }>> {
  const rows = await product.query(
    TierRow,
    `SELECT customers.id::text, calculated_id::text AS tier_id, grace_until::text AS grace
     FROM customers LEFT JOIN customer_tiers USING (id)`,
  );
  return Object.fromEntries(rows.map((row) => [row.id, { tierId: row.tier_id, grace: row.grace }]));
}

const expectedTiers = ({ tiers, policy }: World['rules'], customers: readonly StoredCustomer[]) =>
  Object.fromEntries(
    customers.map((customer) => {
      const { tierId, graceUntil } = naiveTier(tiers, policy, customer);
      return [customer.id, { tierId, grace: graceUntil === null ? null : addDays(today, graceUntil) }];
    }),
  );

/** How many customers move from where to where, and whether grace keeps them. */
function expectedMoves({ tiers, policy }: World['rules'], customers: readonly StoredCustomer[]) {
  const counts: Record<string, number> = {};
  for (const customer of customers) {
    const result = naiveTier(tiers, policy, customer);
    if (result.tierId === customer.tierId && result.graceUntil === customer.graceUntil) continue;
    const earned = naiveEarned(tiers, policy.windowDays, customer.purchases)?.id ?? null;
    const key = moveKey(customer.tierId, earned, result.graceUntil !== null);
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

const moveKey = (from: string | null, to: string | null, isKept: boolean): string =>
  `${from ?? 'none'} → ${to ?? 'none'}${isKept ? ', kept' : ''}`;

describe('R1.6 tiers by the rules', () => {
  test('are those of a calculation by hand; the preview says before what will move; a second run moves nobody', async () => {
    const context = administratorContext(product, await createUser(product.deps));
    await fc.assert(
      fc.asyncProperty(anyWorld, async (world) => {
        const customers = await store(world);
        const preview = await previewTiers(context, await readSavedRules(context));
        const shown = preview.map(
          (move) => [moveKey(move.from_id, move.to_id, move.kept_until !== null), move.count] as const,
        );
        expect(Object.fromEntries(shown)).toEqual(expectedMoves(world.rules, customers));

        await recalculateTiers({ deps: product.deps, actor: factoryActor }, today);
        await product.runTasks();
        expect(await storedTiers()).toEqual(expectedTiers(world.rules, customers));

        const again = await unitOfWork(
          { deps: product.deps, actor: factoryActor },
          'tiers.recalculated',
          (tx) => calculateTiers(tx, product.deps, everybody),
        );
        expect(again).toBe(0);
      }),
      { numRuns: 40 },
    );
  });

  test('never fall when a customer buys more, and follow a purchase within its own transaction', async () => {
    const rankOf = (world: World, tierId: string | null | undefined): number =>
      world.rules.tiers.find(({ id }) => id === tierId)?.rank ?? 0;
    const context = { deps: product.deps, actor: factoryActor };
    await fc.assert(
      fc.asyncProperty(anyWorld, fc.constantFrom(0, 1, 5_000, 10_000), async (world, cents) => {
        const customers = await store(world);
        await unitOfWork(context, 'tiers.recalculated', (tx) => calculateTiers(tx, product.deps, everybody));
        const before = await storedTiers();
        await unitOfWork(context, 'purchases.created', async (tx) => {
          await tx.purchase.createMany({
            data: customers.map(({ id }) => ({
              id: newId(),
              customerId: id,
              purchasedOn: asDate(0),
              amount: cents / 100,
            })),
          });
          await calculateTiersOf(
            tx,
            product.deps,
            customers.map(({ id }) => id),
          );
        });
        const after = await storedTiers();
        for (const { id } of customers) {
          expect(rankOf(world, after[id]?.tierId)).toBeGreaterThanOrEqual(rankOf(world, before[id]?.tierId));
        }
      }),
      { numRuns: 20 },
    );
  });

  test('are known to the planner after the first calculation, lest lists read all of them for each customer', async () => {
    await store({
      rules: {
        tiers: [
          {
            id: newId(),
            rank: 1,
            minimumCents: null,
            minimumPurchases: 1,
            maximumRecency: null,
            match: 'all',
          },
        ],
        policy: { windowDays: 30, graceDays: 0 },
      },
      customers: [{ purchases: [{ day: 0, cents: 5_000 }], tierId: null, graceUntil: null }],
    });
    const planned = z.object({ tiers: z.number() });
    const known = () =>
      product.query(
        planned,
        `SELECT reltuples::integer AS tiers FROM pg_class WHERE relname = 'customer_tiers'`,
      );
    await product.query(z.unknown(), 'SELECT analyze_customer_tiers()');
    expect(await known()).toEqual([{ tiers: 0 }]);
    await recalculateTiers({ deps: product.deps, actor: factoryActor }, today);
    await product.runTasks();
    expect(await known()).toEqual([{ tiers: 1 }]);
  });
});
