import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  lifecycleProblems,
  type LifecycleState,
  type LifecycleStep,
} from '../../src/modules/request-states/lifecycle-problems.js';
import type { StateCategory } from '../../src/modules/request-states/request-state.js';
import { shippedStates, shippedTransitions } from '../../src/modules/request-states/shipped-lifecycle.js';

const ids = ['a', 'b', 'c', 'd', 'e'];
const states = fc
  .array(
    fc.record({
      category: fc.constantFrom<StateCategory>('open', 'waiting', 'done'),
      isArchived: fc.boolean(),
    }),
    {
      minLength: 1,
      maxLength: 5,
    },
  )
  .map((drawn): LifecycleState[] =>
    drawn.map((state, index) =>
      index === 0
        ? { id: 'a', category: 'open', isInitial: true, isArchived: false }
        : { id: ids[index] ?? '', isInitial: false, ...state },
    ),
  );
const steps = fc.array(
  fc.record({ fromStateId: fc.constantFrom(...ids), toStateId: fc.constantFrom(...ids) }),
  { maxLength: 10 },
);

/** Walks along steps between states in use, one after the other, as long as there is something new. */
function walk(start: string, inUse: readonly string[], taken: readonly LifecycleStep[]): Set<string> {
  const seen = new Set([start]);
  for (let grown = true; grown;) {
    grown = false;
    for (const { fromStateId, toStateId } of taken) {
      if (!seen.has(fromStateId) || seen.has(toStateId) || !inUse.includes(toStateId)) continue;
      seen.add(toStateId);
      grown = true;
    }
  }
  return seen;
}

describe('R2.3 a lifecycle that holds together', () => {
  test('problems are those that walking every way finds', () => {
    fc.assert(
      fc.property(states, steps, (given, taken) => {
        const inUse = given.filter(({ isArchived }) => !isArchived);
        const usedIds = inUse.map(({ id }) => id);
        const expected = inUse.flatMap(({ id, category }) => {
          if (category === 'done') return [];
          if (!walk('a', usedIds, taken).has(id)) return [`unreachable ${id}`];
          const ends = walk(id, usedIds, taken);
          const canBeDone = inUse.some((state) => state.category === 'done' && ends.has(state.id));
          return canBeDone ? [] : [`dead-end ${id}`];
        });
        expect(lifecycleProblems(given, taken).map(({ kind, stateId }) => `${kind} ${stateId}`)).toEqual(
          expected,
        );
      }),
    );
  });

  test('the shipped one has none', () => {
    const shipped = shippedStates.map(({ key, ...state }) => ({ id: key, isArchived: false, ...state }));
    const taken = shippedTransitions.map(({ from, to }) => ({ fromStateId: from, toStateId: to }));
    expect(lifecycleProblems(shipped, taken)).toEqual([]);
  });
});
