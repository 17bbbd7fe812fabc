import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { idsBelow, treeMoveProblem, treeOrder, type TreeRecord } from '../../src/core/tree.js';

/** Trees of up to 12 records: each hangs on one before it, or stands at the top. */
const trees = fc
  .array(fc.option(fc.nat(), { nil: undefined }), { maxLength: 12 })
  .map((parents): TreeRecord[] =>
    parents.map((parent, index) => ({
      id: `r${index}`,
      name: `Name ${index}`,
      parentId: parent === undefined || index === 0 ? null : `r${parent % index}`,
    })),
  );

/** The records from the top down to one; undefined when it goes round in a circle. */
function pathOf(records: readonly TreeRecord[], id: string): TreeRecord[] | undefined {
  const path: TreeRecord[] = [];
  for (let at: string | null = id; at !== null;) {
    const record = records.find((one) => one.id === at);
    if (!record || path.includes(record)) return undefined;
    path.unshift(record);
    at = record.parentId;
  }
  return path;
}

describe('R2.2 trees', () => {
  test('every record stands once, below its parent, with its names from the top down', () => {
    fc.assert(
      fc.property(trees, (records) => {
        const order = treeOrder(records);
        expect(order.map(({ record }) => record.id).sort()).toEqual(records.map(({ id }) => id).sort());
        for (const [place, { record, depth, path, isLeaf }] of order.entries()) {
          expect(path).toEqual(pathOf(records, record.id)?.map(({ name }) => name));
          expect(depth).toBe(path.length);
          expect(isLeaf).toBe(!records.some(({ parentId }) => parentId === record.id));
          const parent = order.findIndex((node) => node.record.id === record.parentId);
          expect(parent).toBeLessThan(place);
          const between = order.slice(parent + 1, place);
          if (parent !== -1) expect(between.every((node) => node.depth >= depth)).toBe(true);
        }
      }),
    );
  });

  test('a move is refused exactly when the tree would be too deep or no tree any more', () => {
    fc.assert(
      fc.property(trees, fc.nat(), fc.option(fc.nat(), { nil: null }), (records, moving, target) => {
        fc.pre(records.length > 0);
        const id = records[moving % records.length]?.id ?? '';
        const parentId = target === null ? null : (records[target % records.length]?.id ?? null);
        const moved = records.map((record) => (record.id === id ? { ...record, parentId } : record));
        const paths = moved.map((record) => pathOf(moved, record.id));
        const affected = new Set([id, ...idsBelow(records, id)]);
        const isTree = paths.every((path) => path !== undefined);
        const deepest = Math.max(
          0,
          ...moved.map(({ id: one }, index) => (affected.has(one) ? (paths[index]?.length ?? 0) : 0)),
        );
        const expected = !isTree ? 'within-itself' : deepest > 3 ? 'too-deep' : undefined;
        expect(treeMoveProblem(records, id, parentId, 3)).toBe(expected);
      }),
    );
  });

  test('a new record counts one level; a parent that is gone is refused', () => {
    const records = ['a', 'b', 'c'].map((id, index, all) => ({
      id,
      name: id,
      parentId: all[index - 1] ?? null,
    }));
    expect(treeMoveProblem(records, 'new', 'b', 3)).toBeUndefined();
    expect(treeMoveProblem(records, 'new', 'c', 3)).toBe('too-deep');
    expect(treeMoveProblem(records, 'new', 'gone', 3)).toBe('no-parent');
    expect(treeMoveProblem(records, 'new', null, 3)).toBeUndefined();
  });
});
