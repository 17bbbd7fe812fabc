import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inOrderOfPrecedence, policyFor } from '../../src/modules/deadline-policies/policy-for.js';

const seed = 20_261_125;

const optional = <Value>(...values: Value[]) => fc.option(fc.constantFrom(...values));
const anyPolicy = fc.record({
  id: fc.uuid(),
  typeId: optional('complaint', 'repair'),
  priority: optional(1, 2, 4),
  tierId: optional('gold', 'silver'),
  position: fc.integer({ min: 0, max: 3 }),
});
const anyRequest = fc.record({
  typeId: fc.constantFrom('complaint', 'repair', 'consultation'),
  priority: fc.constantFrom(1, 2, 3, 4),
  tierId: optional('gold', 'silver', 'bronze'),
});
const policies = fc.uniqueArray(anyPolicy, { maxLength: 8, selector: ({ id }) => id });

type Policy = typeof anyPolicy extends fc.Arbitrary<infer Value> ? Value : never;
const conditions = (policy: Policy): number =>
  Number(policy.typeId !== null) + Number(policy.priority !== null) + Number(policy.tierId !== null);

describe(`R2.4 choice of a policy (seed ${seed})`, () => {
  const check = (law: (request: Parameters<typeof policyFor>[0], list: Policy[]) => void): void =>
    fc.assert(fc.property(anyRequest, policies, law), { seed, numRuns: 1_000 });
  const fits = (request: Parameters<typeof policyFor>[0], policy: Policy): boolean =>
    [
      policy.typeId ?? request.typeId,
      policy.priority ?? request.priority,
      policy.tierId ?? request.tierId,
    ].every((value, place) => value === [request.typeId, request.priority, request.tierId][place]);

  test('the chosen one fits, and none is chosen only when none fits', () => {
    check((request, list) => {
      const chosen = policyFor(request, list);
      if (chosen) expect(fits(request, chosen)).toBe(true);
      else expect(list.some((policy) => fits(request, policy))).toBe(false);
    });
  });

  test('nothing that fits has more conditions, nor as many and a lower position', () => {
    check((request, list) => {
      const chosen = policyFor(request, list);
      for (const policy of list.filter((one) => fits(request, one))) {
        if (!chosen) continue;
        expect(conditions(policy)).toBeLessThanOrEqual(conditions(chosen));
        if (conditions(policy) === conditions(chosen))
          expect(policy.position).toBeGreaterThanOrEqual(chosen.position);
      }
    });
  });

  test('the order in which they are given does not matter', () => {
    check((request, list) => {
      expect(policyFor(request, list.toReversed())?.id).toBe(policyFor(request, list)?.id);
      expect(inOrderOfPrecedence(list.toReversed())).toEqual(inOrderOfPrecedence(list));
    });
  });
});
