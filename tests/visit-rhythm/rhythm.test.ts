import fc from 'fast-check';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { undoAction, registerUndoable } from '../../src/core/undo/undo.js';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { addDays } from '../../src/modules/follow-ups/due-days.js';
import { refreshServiceRhythms } from '../../src/modules/visit-rhythm/visit-rhythm.service.js';
import { createCustomer } from '../support/factories/customer.js';
import { factoryActor } from '../support/factories/sequence.js';
import { createUser } from '../support/factories/user.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { createVisitor } from './visits.js';

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
});
afterAll(() => product.close());

const start = '2026-01-01';
const asDate = (day: number): Date => new Date(`${addDays(start, day)}T00:00:00Z`);

interface NaivePurchase {
  readonly day: number;
  readonly cents: number;
}

/** Visits, the median of the days between them, and the day of the next one; by hand. */
function naiveRhythm(purchases: readonly NaivePurchase[]) {
  const bought = purchases.filter(({ cents }) => cents >= 0).map(({ day }) => day);
  const days = [...new Set(bought)].sort((one, other) => one - other);
  const gaps = days.slice(1).map((day, index) => day - (days[index] ?? 0));
  gaps.sort((one, other) => one - other);
  const middle = (gaps.length - 1) / 2;
  const median =
    gaps.length < 3 ? null : ((gaps[Math.floor(middle)] ?? 0) + (gaps[Math.ceil(middle)] ?? 0)) / 2;
  const last = days.at(-1);
  const expected = median === null || last === undefined ? null : addDays(start, last + Math.round(median));
  return { visits: days.length, median, expected };
}

const Totals = z.object({
  visits: z.number(),
  median: z.number().nullable(),
  expected: z.string().nullable(),
});

const storedRhythm = async (customerId: string) => {
  const [row] = await product.query(
    Totals,
    `SELECT visit_count AS visits, visit_interval_days::float AS median, expected_visit_on::text AS expected
     FROM customer_purchase_totals WHERE customer_id = $1`,
    [customerId],
  );
  return row;
};

const anyPurchases = fc.array(
  fc.record({ day: fc.nat(40), cents: fc.constantFrom(0, 100, 5_000, -100, -5_000) }),
  { maxLength: 12 },
);

const rowsOf = (customerId: string, purchases: readonly NaivePurchase[]) =>
  purchases.map(({ day, cents }) => ({
    id: newId(),
    customerId,
    purchasedOn: asDate(day),
    amount: cents / 100,
  }));

test('R1.15 the rhythm by SQL is the one by hand, whatever is bought, refunded and taken back', async () => {
  const { deps } = product;
  const user = await createUser(deps);
  await fc.assert(
    fc.asyncProperty(anyPurchases, anyPurchases, async (first, second) => {
      const { id: customerId } = await createCustomer(deps);
      await unitOfWork({ deps, actor: factoryActor }, 'factory.created', (tx) =>
        tx.purchase.createMany({ data: rowsOf(customerId, first) }),
      );
      expect(await storedRhythm(customerId)).toEqual(naiveRhythm(first));
      const undoableActionId = newId();
      const context = { deps, actor: { ...factoryActor, id: user.id }, locale: 'en', t: () => '' } as const;
      await unitOfWork(
        context,
        'factory.created',
        async (tx) => {
          const action = { id: undoableActionId, kind: 'import', summary: {}, actorId: user.id };
          await registerUndoable(tx, action, deps.now());
          await tx.purchase.createMany({ data: rowsOf(customerId, second) });
        },
        { undoableActionId },
      );
      expect(await storedRhythm(customerId)).toEqual(naiveRhythm([...first, ...second]));
      await undoAction(context, undoableActionId);
      expect(await storedRhythm(customerId)).toEqual(naiveRhythm(first));
    }),
    { numRuns: 40 },
  );
});

test('R1.15 without three intervals the usual interval of the last service stands in, and moves with it at night', async () => {
  const today = '2026-06-30';
  for (let index = 0; index < 7; index += 1) {
    await createVisitor(product, today, { daysAgo: [190, 161, 133, 104].map((day) => day - index) });
  }
  const haircut = await createVisitor(product, today, { daysAgo: [60, 50] });
  const massage = await createVisitor(product, today, { daysAgo: [60], item: 'Massage' });
  expect(await storedRhythm(haircut.id)).toEqual({ visits: 2, median: null, expected: null });
  await refreshServiceRhythms(product.deps);
  expect(await storedRhythm(haircut.id)).toMatchObject({ median: null, expected: addDays(today, -50 + 29) });
  const [ofAll] = await product.query(
    z.object({ days: z.number() }),
    `SELECT interval_days::float AS days FROM service_rhythms WHERE item = ''`,
  );
  const expected = addDays(today, -60 + Math.round(ofAll?.days ?? 0));
  expect(await storedRhythm(massage.id)).toMatchObject({ median: null, expected });
  const later = await createVisitor(product, today, { daysAgo: [40] });
  expect(await storedRhythm(later.id)).toMatchObject({ expected: addDays(today, -40 + 29) });
});
