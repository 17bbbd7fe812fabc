import { describe, expect, test } from 'vitest';
import { formView } from '../../src/core/form.js';
import { translator, type Locale } from '../../src/core/i18n.js';
import { keepFilterGroups, keepFilters } from '../../src/core/lists/kept-filters.js';

interface Query {
  readonly q?: string;
  readonly owner?: string;
  readonly city?: string;
  readonly custom?: Readonly<Record<string, string>>;
}
interface Choices {
  readonly owners: readonly string[];
}

const fieldsOf = (locale: Locale, query: Partial<Query>, { owners }: Choices) =>
  formView(
    translator(locale),
    [
      {
        name: 'owner',
        label: 'customers.owner',
        kind: 'select',
        options: owners.map((owner) => ({ value: owner, label: owner })),
      },
      { name: 'city', label: 'customers.city', kind: 'text' },
    ],
    { ...query },
  ).fields;

const wording = (locale: Locale) => ({ t: translator(locale), locale });
const english = wording('en');
const choices: Choices = { owners: ['Mei', 'Tom'] };

describe('R1.11 filters that nobody has set are made once', () => {
  const filters = keepFilters(({ locale }, query: Partial<Query>, offered: Choices) =>
    fieldsOf(locale, query, offered),
  );

  test('the same objects come again, and a search sets none of them', () => {
    const first = filters(english, {}, choices);
    expect(filters(english, { q: 'li' }, choices)).toBe(first);
    expect(filters(english, { city: '' }, choices)).toBe(first);
  });

  test('one that is set is made anew with its value, beside the others', () => {
    const [owner, city] = filters(english, {}, choices);
    const [sameOwner, setCity] = filters(english, { city: 'Xiamen' }, choices);
    expect(sameOwner).toBe(owner);
    expect(setCity).toEqual({ ...city, value: 'Xiamen', selected: ['Xiamen'] });
    expect(filters(english, {}, choices)[1]).toBe(city);
  });

  test('each language has its own, and other choices have theirs', () => {
    expect(filters(wording('zh-CN'), {}, choices)[1]?.label).toBe(translator('zh-CN')('customers.city'));
    expect(filters(english, {}, choices)[1]?.label).toBe(translator('en')('customers.city'));
    const other = filters(english, {}, { owners: ['Ann'] });
    expect(other[0]?.options.map(({ value }) => value)).toEqual(['Ann']);
  });

  test('a group is made anew when one of its fields is set, or a parameter that stands for several', () => {
    const groups = keepFilterGroups(
      ({ locale }, query: Partial<Query>, offered: Choices) => [
        { legend: 'Place', fields: fieldsOf(locale, query, offered) },
      ],
      ['custom'],
    );
    const kept = groups(english, {}, choices);
    expect(groups(english, { q: 'li' }, choices)).toBe(kept);
    expect(groups(english, { owner: 'Tom' }, choices)[0]?.fields[0]?.value).toBe('Tom');
    expect(groups(english, { custom: { size: 'M' } }, choices)).not.toBe(kept);
    expect(groups(english, {}, choices)).toBe(kept);
  });
});
