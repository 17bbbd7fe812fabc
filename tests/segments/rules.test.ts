import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { sql } from '../../src/core/sql.js';
import { rulesCondition } from '../../src/modules/segments/compile-rules.js';
import { draftFields, gatherRules, readDraft } from '../../src/modules/segments/rule-drafts.js';
import type { RuleContext } from '../../src/modules/segments/rule-operator.js';
import { RuleTree, type SegmentCondition, type SegmentGroup } from '../../src/modules/segments/rules.js';
import { segmentCatalogue, type SegmentCatalogue } from '../../src/modules/segments/segment-catalogue.js';
import { segmentTables } from '../../src/modules/segments/segment-tables.js';
import { createCustomField } from '../support/factories/custom-field.js';
import { createCustomer } from '../support/factories/customer.js';
import { createFollowUp } from '../support/factories/follow-up.js';
import { createPurchase } from '../support/factories/purchase.js';
import { createTag } from '../support/factories/tag.js';
import { createUser } from '../support/factories/user.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { readCustomFields } from '../../src/modules/custom-fields/custom-fields.queries.js';
import { naiveFits, shift, type NaiveCustomer } from './naive-segments.js';

const customerCount = 60;
const seed = 20_260_331;
const tagNames = ['VIP', 'Allergic', 'Regular'];

/** Around the end of a February without a 29th, and within a leap year. */
const todays = ['2026-02-25', '2026-03-01', '2028-02-27', '2026-03-31'] as const;
const [firstToday] = todays;

let product: TestProduct;
let catalogue: SegmentCatalogue;
const customers = new Map<string, NaiveCustomer>();
const tagIds: string[] = [];

const dayNear = fc.integer({ min: -400, max: 60 }).map((days) => shift('2026-03-31', days));
const purchase = fc.record({
  day: dayNear,
  cents: fc.oneof(fc.integer({ min: 0, max: 200_000 }), fc.integer({ min: -50_000, max: -1 })),
  item: fc.constantFrom('Facial care', 'facial Deluxe', 'Massage', null),
});
const customer = fc.record({
  name: fc.constantFrom('Anna Berg', 'Ben Annan', 'Chen Wei', 'Dora'),
  gender: fc.constantFrom('female', 'male', null),
  city: fc.constantFrom('Shanghai', 'Suzhou', null),
  birthDate: fc.constantFrom('1992-02-29', '1990-03-01', '2000-02-28', '1985-12-31', '1999-04-14', null),
  tagIndexes: fc.subarray([0, 1, 2]),
  score: fc.constantFrom(0, 2.5, -3, 10, null),
  isMember: fc.constantFrom(true, false, null),
  purchases: fc.array(purchase, { maxLength: 4 }),
  nextFollowUpOn: fc.option(dayNear, { nil: null }),
});

beforeAll(async () => {
  product = await startTestProduct();
  const { deps } = product;
  await createCustomField(deps, { key: 'score', label: 'Score', kind: 'number' });
  await createCustomField(deps, { key: 'isMember', label: 'Member', kind: 'yesNo' });
  catalogue = segmentCatalogue(await readCustomFields({ deps }));
  const owner = await createUser(deps);
  const drawn = fc.sample(customer, { numRuns: customerCount, seed });
  const held: string[][] = tagNames.map(() => []);
  const made: { id: string; tagIndexes: readonly number[] }[] = [];
  for (const { tagIndexes, score, isMember, purchases, nextFollowUpOn, ...data } of drawn) {
    const { id } = await createCustomer(deps, {
      name: data.name,
      ...(data.gender !== null && { gender: data.gender === 'female' ? 'female' : 'male' }),
      ...(data.city !== null && { city: data.city }),
      ...(data.birthDate !== null && { birthDate: data.birthDate }),
      customValues: { ...(score !== null && { score }), ...(isMember !== null && { isMember }) },
    });
    for (const { day, cents, item } of purchases) {
      const amount = (cents / 100).toFixed(2);
      await createPurchase(deps, {
        customerId: id,
        purchasedOn: day,
        amount,
        ...(item !== null && { item }),
      });
    }
    if (nextFollowUpOn !== null)
      await createFollowUp(deps, { customerId: id, ownerId: owner.id, dueOn: nextFollowUpOn });
    for (const index of tagIndexes) held[index]?.push(id);
    made.push({ id, tagIndexes });
    customers.set(id, { ...data, score, isMember, purchases, nextFollowUpOn, tagIds: [] });
  }
  for (const [index, name] of tagNames.entries())
    tagIds.push(await createTag(deps, { name, customerIds: held[index] ?? [] }));
  for (const { id, tagIndexes } of made) {
    const known = customers.get(id);
    if (known) customers.set(id, { ...known, tagIds: tagIndexes.flatMap((index) => tagIds[index] ?? []) });
  }
});
afterAll(() => product.close());

const condition = (
  field: string,
  operators: readonly string[],
  values: fc.Arbitrary<string[]>,
): fc.Arbitrary<SegmentCondition> =>
  fc.record({ field: fc.constant(field), operator: fc.constantFrom(...operators), values });

const none = fc.constant<string[]>([]);
const days = fc.constantFrom('0', '1', '14', '90', '365', '400').map((text) => [text]);
const number = fc.constantFrom('-1', '0', '1', '2.5', '3', '30', '500.00').map((text) => [text]);
const dateFields = ['firstPurchaseOn', 'lastPurchaseOn', 'nextFollowUpOn'];
const numberFields = ['age', 'totalAmount', 'purchaseCount', 'visitCount', 'custom.score'];
const relativeOperators = ['moreThanDaysAgo', 'withinLastDays', 'withinNextDays', 'moreThanDaysAhead'];

/** One condition over any field, with any of its operators. */
const anyCondition = (): fc.Arbitrary<SegmentCondition> =>
  fc.oneof(
    condition('name', ['contains', 'containsNot'], fc.constantFrom(['ann'], ['A'], ['%'])),
    condition('city', ['contains', 'containsNot'], fc.constantFrom(['shang'], ['S'])),
    condition('city', ['isEmpty', 'isFilled'], none),
    condition('gender', ['isOneOf', 'isNoneOf'], fc.subarray(['female', 'male'], { minLength: 1 })),
    condition('tags', ['hasAnyOf', 'hasAllOf', 'hasNoneOf'], fc.subarray(tagIds, { minLength: 1 })),
    condition('tags', ['isEmpty', 'isFilled'], none),
    condition('birthday', ['comesWithinDays'], days),
    condition('birthday', ['inMonth'], fc.constantFrom(['2'], ['3'], ['12'])),
    condition('custom.isMember', ['isYes', 'isNo', 'isEmpty', 'isFilled'], none),
    condition(
      'amountWithin',
      ['amountAtLeast', 'amountBelow'],
      fc.tuple(days, fc.constantFrom('0.01', '600.00')).map(([[day = ''], limit]) => [day, limit]),
    ),
    condition(
      'countWithin',
      ['countAtLeast', 'countBelow'],
      fc.tuple(days, fc.constantFrom('1', '2')).map(([[day = ''], limit]) => [day, limit]),
    ),
    condition(
      'boughtWithin',
      ['bought', 'notBought'],
      fc.tuple(days, fc.constantFrom('FACIAL', 'massage', '%')).map(([[day = ''], part]) => [day, part]),
    ),
    ...dateFields.flatMap((field) => [
      condition(field, relativeOperators, days),
      condition(field, ['beforeToday', 'thisMonth', 'isEmpty', 'isFilled'], none),
      condition(field, ['onOrAfter', 'onOrBefore'], fc.constantFrom(['2026-01-01'], ['2025-12-31'])),
    ]),
    ...numberFields.map((field) => condition(field, ['atLeast', 'atMost'], number)),
  );

const match = fc.constantFrom('all', 'any', 'none');
const anyTree = (): fc.Arbitrary<SegmentGroup> =>
  fc.letrec<{ group: SegmentGroup; inner: SegmentGroup }>((tie) => ({
    inner: fc.record({ match, rules: fc.array(anyCondition(), { minLength: 1, maxLength: 3 }) }),
    group: fc.record({
      match,
      rules: fc.array(fc.oneof({ weight: 3, arbitrary: anyCondition() }, tie('inner')), {
        minLength: 1,
        maxLength: 3,
      }),
    }),
  })).group;

async function fitting(rules: SegmentGroup, context: RuleContext): Promise<string[]> {
  const rows = await product.deps.database.rows(
    sql`SELECT customers.id::text FROM ${segmentTables} WHERE ${rulesCondition(rules, catalogue, context)} ORDER BY 1`,
    z.object({ id: z.string() }),
  );
  return rows.map(({ id }) => id);
}

describe('R1.13 rules as SQL', () => {
  test('find whom a naive reading finds, for all customers at once and for some, and "none" is the complement of "any"', async () => {
    const everybody = [...customers.keys()].sort();
    await fc.assert(
      fc.asyncProperty(anyTree(), fc.constantFrom(...todays), async (rules, today) => {
        const expected = everybody.filter((id) => {
          const known = customers.get(id);
          return known !== undefined && naiveFits(known, rules, today);
        });
        expect(await fitting(rules, { today, reach: 'all' })).toEqual(expected);
        expect(await fitting(rules, { today, reach: 'some' })).toEqual(expected);
        const any = await fitting({ ...rules, match: 'any' }, { today, reach: 'all' });
        const others = await fitting({ ...rules, match: 'none' }, { today, reach: 'all' });
        expect([...any, ...others].sort()).toEqual(everybody);
      }),
      { numRuns: 300, seed },
    );
  });

  test('every operator of every field gives a condition and a value that PostgreSQL takes', async () => {
    const samples = {
      text: 'a',
      number: '1',
      money: '1.00',
      count: '1',
      price: '1.00',
      days: '7',
      date: '2026-01-01',
      month: '2',
      choices: '00000000-0000-7000-8000-000000000000',
    } as const;
    for (const field of catalogue.values()) {
      for (const { name, inputs } of field.operators) {
        const values = inputs.map((kind) => samples[kind]);
        const rules = { match: 'all', rules: [{ field: field.key, operator: name, values }] } as const;
        await fitting(rules, { today: firstToday, reach: 'all' });
        await fitting(rules, { today: firstToday, reach: 'some' });
        await product.deps.database.rows(
          sql`SELECT (${field.value(firstToday, values)})::text AS value FROM ${segmentTables} LIMIT 1`,
          z.object({ value: z.string().nullable() }),
        );
      }
    }
  });

  test('a field that is gone is fulfilled by nobody, and its negation by everybody', async () => {
    const gone = { field: 'custom.gone', operator: 'isYes', values: [] };
    expect(await fitting({ match: 'all', rules: [gone] }, { today: firstToday, reach: 'all' })).toEqual([]);
    const others = await fitting({ match: 'none', rules: [gone] }, { today: firstToday, reach: 'all' });
    expect(others).toHaveLength(customerCount);
  });
});

describe('R1.13 rules in forms', () => {
  test('come back from the fields of a form as they were, whatever they are', () => {
    fc.assert(
      fc.property(anyTree(), (rules) => {
        const sent = new Map<string, string[]>();
        for (const { name, value } of draftFields(rules)) sent.set(name, [...(sent.get(name) ?? []), value]);
        expect(readDraft(Object.fromEntries(sent))).toEqual(rules);
      }),
      { seed },
    );
  });

  test('leave other fields where they are', () => {
    expect(gatherRules({ name: 'x', 'rule-0-match': 'any', 'rule-0-0-0-0-0-field': 'name' })).toEqual({
      name: 'x',
      'rule-0-0-0-0-0-field': 'name',
      rules: { match: 'any', rules: [] },
    });
  });

  test('are refused when they are too many or too deep', () => {
    const one: SegmentCondition = { field: 'name', operator: 'isFilled', values: [] };
    const group = (...rules: SegmentGroup['rules']): SegmentGroup => ({ match: 'all', rules });
    expect(RuleTree.safeParse(group(...Array.from({ length: 30 }, () => one))).success).toBe(true);
    expect(RuleTree.safeParse(group(...Array.from({ length: 31 }, () => one))).success).toBe(false);
    expect(RuleTree.safeParse(group(group(group(one)))).success).toBe(true);
    expect(RuleTree.safeParse(group(group(group(group(one))))).success).toBe(false);
  });
});
