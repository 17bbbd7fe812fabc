import type { StateCategory } from './request-state.js';

export interface LifecycleState {
  readonly id: string;
  readonly category: StateCategory;
  readonly isInitial: boolean;
  readonly isArchived: boolean;
}

export interface LifecycleStep {
  readonly fromStateId: string;
  readonly toStateId: string;
}

export interface LifecycleProblem {
  /** No request can get there; or it can, and then it can never be done. */
  readonly kind: 'unreachable' | 'dead-end';
  readonly stateId: string;
}

/** What is wrong with a lifecycle, in the order of its states; those that are done or out of use are left out of account. */
export function lifecycleProblems(
  states: readonly LifecycleState[],
  steps: readonly LifecycleStep[],
): LifecycleProblem[] {
  const inUse = states.filter(({ isArchived }) => !isArchived);
  const ids = new Set(inUse.map(({ id }) => id));
  const usable = steps.filter(({ fromStateId, toStateId }) => ids.has(fromStateId) && ids.has(toStateId));
  const idsWhere = (holds: (state: LifecycleState) => boolean): string[] =>
    inUse.filter(holds).map(({ id }) => id);
  const reached = closure(
    idsWhere(({ isInitial }) => isInitial),
    usable.map(({ fromStateId, toStateId }) => [fromStateId, toStateId]),
  );
  const canBeDone = closure(
    idsWhere(({ category }) => category === 'done'),
    usable.map(({ fromStateId, toStateId }) => [toStateId, fromStateId]),
  );
  return inUse.flatMap(({ id, category }): LifecycleProblem[] => {
    if (category === 'done') return [];
    if (!reached.has(id)) return [{ kind: 'unreachable', stateId: id }];
    return canBeDone.has(id) ? [] : [{ kind: 'dead-end', stateId: id }];
  });
}

/** What can be reached from some states along arrows, these themselves among it. */
function closure(
  from: readonly string[],
  arrows: readonly (readonly [string, string])[],
): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = [...from];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    for (const [start, end] of arrows) if (start === id) waiting.push(end);
  }
  return found;
}
