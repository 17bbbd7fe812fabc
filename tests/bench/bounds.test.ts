import { expect, test } from 'vitest';
import { bareSearchName, boundOf, budgets, isWithin, obligationOf } from './bounds.js';

const obligations = [
  { name: 'one indexed statement, EJS', p50: 1, perSecond: 1_000 },
  { name: obligationOf.list, p50: 3, perSecond: 300 },
  { name: obligationOf['filtered list'], p50: 5, perSecond: 200 },
  { name: obligationOf.record, p50: 4, perSecond: 250 },
  { name: bareSearchName('search: pinyin'), p50: 2.5, perSecond: 400 },
];

test('budget: a page may take twice what its obligations take, and half of their requests', () => {
  expect(boundOf({ name: 'list', kind: 'list' }, obligations)).toEqual({ times: 6, share: 0.15 });
  expect(boundOf({ name: 'record', kind: 'record' }, obligations)).toEqual({ times: 8, share: 0.125 });
});

test('budget: a search may take what the bare search takes beyond the floor, besides', () => {
  expect(boundOf({ name: 'search: pinyin', kind: 'search' }, obligations).times).toBe(11.5);
  expect(boundOf({ name: 'search: e-mail', kind: 'search' }, obligations).times).toBe(10);
});

test('budget: nothing is argued for pickers and changes, nor where obligations were not measured', () => {
  expect(boundOf({ name: 'picker', kind: 'picker' }, obligations)).toBe(budgets.picker);
  expect(boundOf({ name: 'create', kind: 'change' }, obligations)).toBe(budgets.change);
  expect(boundOf({ name: 'list', kind: 'list' }, [])).toBe(budgets.list);
});

test('budget: a bound is kept at one and at eight', () => {
  expect(isWithin({ times: 4, share: 0.2 }, budgets.list)).toBe(true);
  expect(isWithin({ times: 4.1, share: 0.2 }, budgets.list)).toBe(false);
  expect(isWithin({ times: 4, share: 0.19 }, budgets.list)).toBe(false);
  expect(isWithin({ times: 4, share: 0.01 }, budgets.search)).toBe(true);
});
