import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dayNumber, dayText } from '../../src/core/working-time/calendar-days.js';
import type { TestClient } from '../support/client.js';
import { createCustomer } from '../support/factories/customer.js';
import { createFollowUp } from '../support/factories/follow-up.js';
import { createPurchase } from '../support/factories/purchase.js';
import { createTag } from '../support/factories/tag.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

/** Few enough for one page. */
const customerCount = 40;
const firstDay = dayNumber('2024-11-15');

/** A Tuesday; what is planned is due before it, on it, after the next Monday, or nothing is. */
const today = '2026-03-10';
const plans = { overdue: '2026-03-01', today, later: '2026-03-16', none: undefined } as const;
type Plan = keyof typeof plans;
const planNames = ['overdue', 'today', 'later', 'none'] as const satisfies readonly Plan[];

/** Every fifth never came, of every sixth the first visit is not known; whoever was created earlier may have come later. */
const people = Array.from({ length: customerCount }, (_, place) => ({
  name: `Visitor ${String(place).padStart(2, '0')}`,
  lastVisitOn: place % 5 === 0 ? undefined : dayText(firstDay + ((place * 37) % 500)),
  firstVisitOn: place % 6 === 0 ? undefined : dayText(firstDay + ((place * 61) % 500)),
  amount: 10 * ((place * 7) % 11),
  tags: [0, 1].filter((tag) => place % (tag + 2) === 0),
  plan: planNames[(place * 5) % 7] ?? 'none',
}));

let product: TestProduct;
let manager: TestClient;
let tagIds: readonly string[];

beforeAll(async () => {
  product = await startTestProduct();
  product.setNow(new Date(`${today}T04:00:00Z`));
  manager = await product.signIn({ role: 'manager' });
  const ids: string[] = [];
  for (const [place, { name, firstVisitOn, lastVisitOn, amount, plan }] of people.entries()) {
    const createdAt = new Date(Date.UTC(2026, 0, 1, 0, place));
    const { id } = await createCustomer(product.deps, { name, createdAt, firstVisitOn });
    ids.push(id);
    const dueOn = plans[plan];
    if (dueOn) await createFollowUp(product.deps, { customerId: id, ownerId: manager.user.id, dueOn });
    if (lastVisitOn) {
      const purchase = { customerId: id, purchasedOn: lastVisitOn, amount: amount.toFixed(2) };
      await createPurchase(product.deps, purchase);
    }
  }
  const taggedWith = (tag: number) => ids.filter((_, place) => people[place]?.tags.includes(tag));
  tagIds = [
    await createTag(product.deps, { customerIds: taggedWith(0) }),
    await createTag(product.deps, { customerIds: taggedWith(1) }),
  ];
}, 60_000);
afterAll(() => product.close());

const dayOrNothing = fc.option(
  fc.integer({ min: firstDay - 20, max: firstDay + 520 }).map((day) => dayText(day)),
);
const amountOrNothing = fc.option(fc.integer({ min: 0, max: 110 }), { freq: 1 });

const filters = fc.record({
  firstVisitFrom: dayOrNothing,
  firstVisitTo: dayOrNothing,
  lastVisitFrom: dayOrNothing,
  lastVisitTo: dayOrNothing,
  spentFrom: amountOrNothing,
  spentTo: amountOrNothing,
  purchasesFrom: fc.option(fc.constantFrom(0, 1, 2)),
  nextFollowUp: fc.option(fc.constantFrom(...planNames)),
  tags: fc.subarray([0, 1]),
});

type Filters = typeof filters extends fc.Arbitrary<infer Value> ? Value : never;

/** A day that is not known lies in no range but that which is open at both ends. */
const isWithin = (day: string | undefined, from: string | null, to: string | null): boolean =>
  day === undefined ? from === null && to === null : day >= (from ?? day) && day <= (to ?? day);

function isMeant(person: (typeof people)[number], asked: Filters): boolean {
  const { lastVisitFrom, lastVisitTo, spentFrom, spentTo, purchasesFrom } = asked;
  const { lastVisitOn = '' } = person;
  const spent = lastVisitOn === '' ? 0 : person.amount;
  return (
    isWithin(person.firstVisitOn, asked.firstVisitFrom, asked.firstVisitTo) &&
    isWithin(person.lastVisitOn, lastVisitFrom, lastVisitTo) &&
    spent >= (spentFrom ?? 0) &&
    spent <= (spentTo ?? Infinity) &&
    (lastVisitOn === '' ? 0 : 1) >= (purchasesFrom ?? 0) &&
    person.plan === (asked.nextFollowUp ?? person.plan) &&
    asked.tags.every((tag) => person.tags.includes(tag))
  );
}

const addressOf = ({ tags, ...others }: Filters, sort: string): string => {
  const address = new URLSearchParams({ sort, columns: 'name' });
  for (const [name, value] of Object.entries(others)) if (value !== null) address.set(name, String(value));
  for (const tag of tags) address.append('tag', tagIds[tag] ?? '');
  return `/customers?${address.toString()}`;
};

test('R1.11 filters by visits, spending, plans and tags find the same as reading everybody, in either direction', async () => {
  await fc.assert(
    fc.asyncProperty(filters, fc.boolean(), async (asked, descending) => {
      const wanted = people.filter((person) => isMeant(person, asked)).map(({ name }) => name);
      const page = await manager.page(addressOf(asked, descending ? '-createdAt' : 'createdAt'));
      const shown = page('#list tbody tr a.row-link')
        .get()
        .map((link) => page(link).text().trim());
      expect(shown).toEqual(descending ? wanted.toReversed() : wanted);
    }),
    { numRuns: 100 },
  );
}, 60_000);
