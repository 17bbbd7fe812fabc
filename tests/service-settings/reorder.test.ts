import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reorder } from '../../src/core/reorder.js';

test('R2.1 a record changes place with its neighbour, and all others stay', () => {
  const records = fc
    .array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 8 })
    .map((positions) =>
      positions.sort((a, b) => a - b).map((position, index) => ({ id: `r${index}`, position })),
    );
  fc.assert(
    fc.property(records, fc.nat(), fc.constantFrom('up', 'down'), (given, which, direction) => {
      const from = which % given.length;
      const changed = reorder(given, given[from]?.id ?? '', direction) ?? [];
      const positions = new Map(given.map(({ id, position }) => [id, position]));
      for (const { id, position } of changed) {
        expect(positions.get(id)).not.toBe(position);
        positions.set(id, position);
      }
      const expected = given.map(({ id }) => id);
      const to = Math.min(Math.max(from + (direction === 'up' ? -1 : 1), 0), given.length - 1);
      [expected[from], expected[to]] = [expected[to] ?? '', expected[from] ?? ''];
      expect([...positions].sort(([, a], [, b]) => a - b).map(([id]) => id)).toEqual(expected);
      expect([...positions.values()].sort((a, b) => a - b)).toEqual(given.map((_, index) => index));
    }),
  );
  expect(reorder([], 'x', 'up')).toBeUndefined();
});
