import type { DeadlinePolicy } from './deadline-policy.js';

/** What a policy can ask of a request. */
export interface PolicyFacts {
  readonly typeId: string;
  readonly priority: number;
  /** The customer's tier today; null for none. */
  readonly tierId: string | null;
}

type PolicyConditions = Pick<DeadlinePolicy, 'id' | 'typeId' | 'priority' | 'tierId' | 'position'>;

/** The first policy, in order of precedence, whose conditions all hold; undefined when none does. */
export function policyFor<Policy extends PolicyConditions>(
  request: PolicyFacts,
  policies: readonly Policy[],
): Policy | undefined {
  return inOrderOfPrecedence(policies).find((policy) => holds(policy, request));
}

/** Policies with the most conditions first, then by position; what is left undecided is decided by age. */
export const inOrderOfPrecedence = <Policy extends PolicyConditions>(policies: readonly Policy[]): Policy[] =>
  policies.toSorted(
    (left, right) =>
      conditionsOf(right) - conditionsOf(left) ||
      left.position - right.position ||
      (left.id < right.id ? -1 : 1),
  );

const conditionsOf = ({ typeId, priority, tierId }: PolicyConditions): number =>
  [typeId, priority, tierId].filter((condition) => condition !== null).length;

const holds = (policy: PolicyConditions, request: PolicyFacts): boolean =>
  (policy.typeId === null || policy.typeId === request.typeId) &&
  (policy.priority === null || policy.priority === request.priority) &&
  (policy.tierId === null || policy.tierId === request.tierId);
