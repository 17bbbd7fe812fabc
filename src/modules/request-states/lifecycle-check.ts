import type { Transaction } from '../../core/database.js';
import type { Problem } from '../../core/errors.js';
import type { Translate } from '../../core/i18n.js';
import { lifecycleProblems, type LifecycleProblem } from './lifecycle-problems.js';
import { readLifecycle, type Lifecycle } from './request-states.queries.js';
import { stateName } from './state-name.js';

const problemTexts = {
  unreachable: 'requestStates.unreachable',
  'dead-end': 'requestStates.deadEnd',
} as const;

/** What is wrong with a lifecycle, as sentences that name the states. */
export const lifecycleSentences = (t: Translate, lifecycle: Lifecycle): Problem[] =>
  lifecycleProblems(lifecycle.states, lifecycle.transitions).map((problem) => inWords(t, lifecycle, problem));

/**
 * Applies a change of the lifecycle and returns what is wrong with it that was not before. A state that nobody reaches
 * yet is fine while it is being set up: `unused` names one that no request ever had.
 */
export async function problemsAfter(
  tx: Transaction,
  t: Translate,
  apply: () => Promise<void>,
  unused?: string,
): Promise<Problem[]> {
  const before = await readLifecycle(tx);
  const known = new Set(lifecycleProblems(before.states, before.transitions).map(identity));
  await apply();
  const after = await readLifecycle(tx);
  return lifecycleProblems(after.states, after.transitions)
    .filter((problem) => !known.has(identity(problem)))
    .filter(({ kind, stateId }) => !(kind === 'unreachable' && stateId === unused))
    .map((problem) => inWords(t, after, problem));
}

const identity = ({ kind, stateId }: LifecycleProblem): string => `${kind} ${stateId}`;

function inWords(t: Translate, { states }: Lifecycle, { kind, stateId }: LifecycleProblem): Problem {
  const nameOf = (holds: (state: Lifecycle['states'][number]) => boolean): string => {
    const state = states.find(holds);
    return state ? stateName(t, state) : '';
  };
  const name = nameOf(({ id }) => id === stateId);
  return {
    path: '',
    key: problemTexts[kind],
    params: { name, initial: nameOf(({ isInitial }) => isInitial) },
  };
}
