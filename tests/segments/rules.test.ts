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
import { startTestProduct, type TestProduct } from '../support/product.js';
import { readCustomFields } from '../../src/modules/custom-fields/custom-fields.queries.js';
import { naiveFits } from './naive-segments.js';
import { populate, type Population } from './segment-population.js';

const customerCount = 60;
const seed = 20_260_331;

/** Around the end of a February without a 29th, and within a leap year. */
const todays = ['2026-02-25', '2026-03-01', '2028-02-27', '2026-03-31'] as const;
const [firstToday] = todays;

let product: TestProduct;
let catalogue: SegmentCatalogue;
let customers: Population['customers'];
let places: Population['places'];

beforeAll(async () => {
  product = await startTestProduct();
  const { deps } = product;
  await createCustomField(deps, { key: 'score', label: 'Score', kind: 'number' });
  await createCustomField(deps, { key: 'isMember', label: 'Member', kind: 'yesNo' });
  catalogue = segmentCatalogue(await readCustomFields({ deps }));
  ({ customers, places } = await populate(deps, customerCount, seed));
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
const dateFields = [
  'firstPurchaseOn',
  'lastPurchaseOn',
  'nextFollowUpOn',
  'lastContactOn',
  'expectedVisitOn',
  'firstVisitOn',
  'createdOn',
];
const choiceFields = ['tier', 'branch', 'team', 'owner'] as const;
const numberFields = ['age', 'totalAmount', 'purchaseCount', 'visitCount', 'custom.score'];
const relativeOperators = ['moreThanDaysAgo', 'withinLastDays', 'withinNextDays', 'moreThanDaysAhead'];

/** One condition over any field, with any of its operators. */
const anyCondition = (): fc.Arbitrary<SegmentCondition> =>
  fc.oneof(
    condition('name', ['contains', 'containsNot'], fc.constantFrom(['ann'], ['A'], ['%'])),
    condition('city', ['contains', 'containsNot'], fc.constantFrom(['shang'], ['S'])),
    condition('city', ['isEmpty', 'isFilled'], none),
    condition('gender', ['isOneOf', 'isNoneOf'], fc.subarray(['female', 'male'], { minLength: 1 })),
    condition('source', ['isOneOf', 'isNoneOf'], fc.subarray(['Walk-in', 'Friend'], { minLength: 1 })),
    ...choiceFields.flatMap((field) => [
      condition(field, ['isOneOf', 'isNoneOf'], fc.subarray([...places[field]], { minLength: 1 })),
      condition(field, ['isEmpty', 'isFilled'], none),
    ]),
    condition('tags', ['hasAnyOf', 'hasAllOf', 'hasNoneOf'], fc.subarray([...places.tag], { minLength: 1 })),
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
