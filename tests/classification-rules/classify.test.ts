import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  classify,
  type ClassificationRule,
  type KnownRequest,
} from '../../src/modules/classification-rules/classify.js';
import { comparable, says } from '../../src/modules/classification-rules/rule-words.js';

const types = ['complaint', 'repair'];
const words = ['退款', 'refund', 'late'];
const some = <Item>(items: readonly Item[]) => fc.subarray([...items], { maxLength: 2 });
const maybe = <Item>(...items: Item[]) => fc.option(fc.constantFrom(...items), { nil: null });

const rules = fc
  .array(
    fc.record({
      conditions: fc.record({
        words: some(words),
        channels: some(['phone', 'wechat'] as const),
        tierIds: some(['gold', 'silver']),
        typeIds: some(types),
      }),
      outcome: fc.record({
        typeId: maybe(...types),
        categoryId: maybe('money', 'time'),
        priority: maybe(1, 2, 3, 4),
        teamId: maybe('north', 'south'),
      }),
      categoryTypeId: maybe(...types),
    }),
    { maxLength: 6 },
  )
  .map((drawn): ClassificationRule[] =>
    drawn.map((rule, index) => ({ id: `r${index}`, name: `Rule ${index}`, ...rule })),
  );

const requests: fc.Arbitrary<KnownRequest> = fc.record({
  subject: fc.constantFrom('我要退款', 'Refunds please', 'You are too LATE', 'chocolate', ''),
  description: maybe('refund', '退 款'),
  channel: maybe('phone', 'wechat', 'sms'),
  tierId: maybe('gold', 'silver'),
  typeId: maybe(...types),
  categoryId: maybe('money'),
  priority: maybe(2),
  teamId: maybe('north'),
});

const fields = ['typeId', 'categoryId', 'priority', 'teamId'] as const;

const naivelySays = (text: string, word: string): boolean => {
  const flat = text.toLowerCase();
  return word === '退款'
    ? flat.replaceAll(' ', '').includes(word)
    : new RegExp(`(^|[^a-z])${word}`).test(flat);
};

describe('R2.4 classification by rules', () => {
  test('each field is set by the first rule that matches and has it, and never over what somebody chose', () => {
    fc.assert(
      fc.property(requests, rules, (known, given) => {
        const { appliedRules, ...set } = classify(known, given);
        const now: Record<string, unknown> = {};
        const applied: string[] = [];
        for (const { id, conditions, outcome, categoryTypeId } of given) {
          const type = known.typeId ?? now['typeId'];
          const text = `${known.subject}\n${known.description ?? ''}`;
          const holds = (list: readonly unknown[], value: unknown) =>
            list.length === 0 || list.includes(value);
          const isMatch =
            (conditions.words.length === 0 || conditions.words.some((word) => naivelySays(text, word))) &&
            holds(conditions.channels, known.channel) &&
            holds(conditions.tierIds, known.tierId) &&
            holds(conditions.typeIds, type);
          if (!isMatch) continue;
          let adds = false;
          for (const field of ['typeId', 'priority', 'teamId', 'categoryId'] as const) {
            const misfit =
              field === 'categoryId' &&
              categoryTypeId !== null &&
              categoryTypeId !== (known.typeId ?? now['typeId']);
            if (outcome[field] === null || known[field] !== null || field in now || misfit) continue;
            now[field] = outcome[field];
            adds = true;
          }
          if (adds) applied.push(id);
        }
        expect(set).toEqual(now);
        expect(appliedRules.map(({ id }) => id)).toEqual(applied);
        for (const field of fields) if (known[field] !== null) expect(set).not.toHaveProperty(field);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['Please REFUND me', 'refund', true],
    ['refunds', 'refund', true],
    ['chocolate', 'late', false],
    ['too-late', 'late', true],
    ['我要退 款', '退款', true],
    ['ＶＩＰ客户', 'vip', true],
    ['客户vip', 'VIP', true],
    ['no answer', 'answer me', false],
    ['an answer  me', 'answer me', true],
    ['anything', '', false],
  ])('%s says %s: %s', (text, word, expected) => {
    expect(says(comparable(text), comparable(word))).toBe(expected);
  });
});
