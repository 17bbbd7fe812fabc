import { expect, test } from 'vitest';
import { createRandom } from '../../src/modules/demo/random.js';

const draws = (count: number, draw: () => number): number[] => Array.from({ length: count }, draw);

test('chance is the same at every start and on every machine', () => {
  const random = createRandom('demo', 'customer', 1);
  expect(draws(3, () => random.next())).toEqual([0.1291498898062855, 0.4135326789692044, 0.9607348181307316]);
});

test('other labels make another sequence', () => {
  const [one, two] = [createRandom('demo', 'customer', 1), createRandom('demo', 'customer', 2)];
  const first = draws(50, () => one.next());
  const second = draws(50, () => two.next());
  expect(first.filter((value) => second.includes(value))).toEqual([]);
});

test('values spread evenly from 0 to 1', () => {
  const random = createRandom('spread');
  const values = draws(20_000, () => random.next());
  const inTenths = Array.from(
    { length: 10 },
    (_, tenth) => values.filter((value) => Math.floor(value * 10) === tenth).length,
  );
  expect(Math.min(...inTenths)).toBeGreaterThan(1_850);
  expect(Math.max(...inTenths)).toBeLessThan(2_150);
});

test('a weight is the share of the draws', () => {
  const random = createRandom('weights');
  const chosen = draws(10_000, () => random.weighted([1, 3, 0, 6], (weight) => weight));
  const shareOf = (weight: number): number => chosen.filter((value) => value === weight).length / 10_000;
  expect(shareOf(0)).toBe(0);
  expect(shareOf(1)).toBeCloseTo(0.1, 1);
  expect(shareOf(3)).toBeCloseTo(0.3, 1);
  expect(shareOf(6)).toBeCloseTo(0.6, 1);
});

test('a normal distribution has its mean and its deviation', () => {
  const random = createRandom('normal');
  const values = draws(10_000, () => random.normal(30, 6));
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  expect(mean).toBeGreaterThan(29.8);
  expect(mean).toBeLessThan(30.2);
  expect(deviation).toBeGreaterThan(5.8);
  expect(deviation).toBeLessThan(6.2);
});

test('an id is a version 7 UUID of its moment', () => {
  const moment = new Date('2026-03-07T08:00:00Z');
  const id = createRandom('id').uuid(moment);
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(Number.parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(moment.getTime());
  expect(createRandom('id').uuid(moment)).toBe(id);
});
