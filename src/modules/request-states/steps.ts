import { createHash } from 'node:crypto';
import type { Lifecycle, RequestState, Transition } from './request-states.queries.js';

/** A state that a step can lead to, with the step where there is one. */
export interface PossibleStep {
  readonly state: RequestState;
  readonly transition: Transition | undefined;
}

/** What can be stepped to from a state: all others in use, in their order. */
export const stepsFrom = ({ states, transitions }: Lifecycle, id: string): PossibleStep[] =>
  states
    .filter((state) => !state.isArchived && state.id !== id)
    .map((state) => ({
      state,
      transition: transitions.find(
        ({ fromStateId, toStateId }) => fromStateId === id && toStateId === state.id,
      ),
    }));

/** Changes with the steps: what a form saw is no longer there when it is another one. */
export function fingerprintOf(steps: readonly PossibleStep[]): string {
  const parts = steps.map(
    ({ state, transition }) =>
      `${state.id} ${transition?.permission ?? ''} ${transition?.requiredFields.join() ?? ''}`,
  );
  return createHash('sha256').update(parts.sort().join('\n')).digest('hex');
}
