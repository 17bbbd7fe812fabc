import fc from 'fast-check';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { Transaction } from '../../src/core/database.js';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { addDays } from '../../src/modules/follow-ups/due-days.js';
import { createCustomer } from '../support/factories/customer.js';
import { factoryActor } from '../support/factories/sequence.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
});
afterAll(() => product.close());

const start = '2026-03-01';
const hour = 3_600_000;
const momentOf = (hours: number): Date => new Date(Date.parse(`${start}T00:00:00Z`) + hours * hour);

interface NaiveContact {
  /** Since the start, by UTC. */
  readonly hours: number;
  readonly direction: 'in' | 'out';
}

interface Attempts {
  readonly atMost: number;
  readonly atLeast: number;
}

const noAttempts: Attempts = { atMost: 0, atLeast: 0 };

/**
 * By hand: outgoing contacts since the day after the last visit began where it begins first, 14 hours ahead of UTC, and
 * where it begins last, 12 hours behind.
 */
function naiveAttempts(visits: readonly number[], contacts: readonly NaiveContact[]): Attempts {
  if (visits.length === 0) return noAttempts;
  const dayAfter = 24 * (Math.max(...visits) + 1);
  const since = (start: number) =>
    contacts.filter(({ hours, direction }) => direction === 'out' && hours >= start).length;
  return { atMost: since(dayAfter - 14), atLeast: since(dayAfter + 12) };
}

const storedAttempts = async (customerId: string): Promise<Attempts | undefined> => {
  const [row] = await product.query(
    z.object({ atMost: z.number(), atLeast: z.number() }),
    `SELECT visit_attempts AS "atMost", visit_attempts_at_least AS "atLeast"
     FROM customer_purchase_totals WHERE customer_id = $1`,
    [customerId],
  );
  return row;
};

const inUnit = (change: (tx: Transaction) => Promise<unknown>): Promise<unknown> =>
  unitOfWork({ deps: product.deps, actor: factoryActor }, 'factory.changed', change);

const visitsOf = (customerId: string, days: readonly number[]) =>
  days.map((day) => ({
    id: newId(),
    customerId,
    purchasedOn: new Date(`${addDays(start, day)}T00:00:00Z`),
    amount: 10,
  }));

const contactsOf = (customerId: string, contacts: readonly NaiveContact[]) =>
  contacts.map(({ hours, direction }) => ({
    id: newId(),
    customerId,
    happenedAt: momentOf(hours),
    channel: 'phone',
    direction,
    outcome: 'reached',
    summary: 'Asked',
  }));

const anyVisits = fc.array(fc.nat(6), { maxLength: 3 });
const anyContacts = fc.array(
  fc.record({ hours: fc.nat(8 * 24), direction: fc.constantFrom('in' as const, 'out' as const) }),
  { maxLength: 6 },
);

test('R1.15 the totals count attempts since the last visit, whatever comes first, is changed, moved or removed', async () => {
  await fc.assert(
    fc.asyncProperty(anyVisits, anyContacts, fc.boolean(), async (visits, contacts, visitsFirst) => {
      const { id } = await createCustomer(product.deps);
      const other = await createCustomer(product.deps);
      const storeVisits = () => inUnit((tx) => tx.purchase.createMany({ data: visitsOf(id, visits) }));
      const storeContacts = () =>
        inUnit((tx) => tx.contactRecord.createMany({ data: contactsOf(id, contacts) }));
      for (const store of visitsFirst ? [storeVisits, storeContacts] : [storeContacts, storeVisits])
        await store();
      expect(await storedAttempts(id)).toEqual(naiveAttempts(visits, contacts));

      // One visit a day later than all of them, and gone again.
      const [later] = visitsOf(id, [7]);
      if (later) await inUnit((tx) => tx.purchase.create({ data: later }));
      expect(await storedAttempts(id)).toEqual(naiveAttempts([...visits, 7], contacts));
      await inUnit((tx) => tx.purchase.deleteMany({ where: { id: later?.id ?? '' } }));
      expect(await storedAttempts(id)).toEqual(naiveAttempts(visits, contacts));

      await inUnit((tx) =>
        tx.contactRecord.updateMany({ where: { customerId: id }, data: { customerId: other.id } }),
      );
      expect([await storedAttempts(id), await storedAttempts(other.id)]).toEqual([noAttempts, noAttempts]);
      await inUnit((tx) =>
        tx.purchase.updateMany({ where: { customerId: id }, data: { customerId: other.id } }),
      );
      expect(await storedAttempts(other.id)).toEqual(naiveAttempts(visits, contacts));
      await inUnit((tx) => tx.contactRecord.deleteMany({ where: { customerId: other.id } }));
      expect(await storedAttempts(other.id)).toEqual(noAttempts);
    }),
    { numRuns: 40 },
  );
}, 60_000);
