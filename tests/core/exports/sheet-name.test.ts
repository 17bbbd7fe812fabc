import { array, assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { sheetName } from '../../../src/core/exports/sheet-name.js';

test.each([
  ['Customers', [], 'Customers'],
  ['Customers', ['customers'], 'Customers (2)'],
  ['Customers', ['Customers', 'Customers (2)'], 'Customers (3)'],
  ['2026/11: [new]?', [], '2026 11   new'],
  ["'quoted'", [], 'quoted'],
  ['History', [], 'History (2)'],
  ['', [], 'Sheet'],
  [
    'a name that is much longer than Excel takes',
    ['a name that is much longer than'],
    'a name that is much longer (2)',
  ],
])('R1.9 a sheet wanted as %j beside %j is called %j', (wanted, taken, name) => {
  expect(sheetName(wanted, taken)).toBe(name);
});

test('R1.9 any wanted name becomes one that Excel takes', () => {
  assert(
    property(string({ unit: 'binary' }), array(string()), (wanted, taken) => {
      const name = sheetName(wanted, taken);
      expect(name.length).toBeGreaterThan(0);
      expect(name.length).toBeLessThanOrEqual(31);
      expect(name).not.toMatch(/[\\/?*[\]:]|^'|'$/);
      expect(name.isWellFormed()).toBe(true);
      expect(taken.map((each) => each.toLowerCase())).not.toContain(name.toLowerCase());
    }),
  );
});
