import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addUpGrants, permissionNames, permissions, scopes } from '../../src/core/permissions.js';
import { shippedRoles } from '../../src/core/shipped-roles.js';

const grant = fc.record({
  permission: fc.oneof(
    fc.constantFrom(...permissionNames),
    fc.constantFrom('toString', '__proto__', 'no:such'),
  ),
  scope: fc.oneof(fc.constantFrom(...scopes), fc.constantFrom('everything', '')),
});

describe('R5.2 grants of several roles', () => {
  test('add up: the widest scope that any role gives, and nothing that none gives', () => {
    fc.assert(
      fc.property(fc.array(grant, { maxLength: 40 }), (rows) => {
        const grants = addUpGrants(rows);
        for (const permission of permissionNames) {
          const held = scopes.filter((scope) =>
            rows.some((row) => row.permission === permission && row.scope === scope),
          );
          expect(grants.get(permission)).toBe(held.at(-1));
        }
        expect([...grants.keys()].every((name) => permissionNames.includes(name))).toBe(true);
      }),
    );
  });

  test('do not depend on their order', () => {
    fc.assert(
      fc.property(fc.array(grant), (rows) => {
        const [one, other] = [addUpGrants(rows), addUpGrants([...rows].reverse())];
        expect(Object.fromEntries(other)).toEqual(Object.fromEntries(one));
      }),
    );
  });
});

describe('R5.2 shipped roles', () => {
  test('grant only scopes that a permission can take', () => {
    for (const { key, grants } of shippedRoles) {
      for (const [permission, scope] of Object.entries(grants)) {
        const possible = Object.entries(permissions).find(([name]) => name === permission)?.[1] ?? [];
        expect(possible, `${key}: ${permission}`).toContain(scope);
      }
    }
  });

  test('let the administrator do everything and the auditor change nothing', () => {
    const grantsOf = (key: string) =>
      Object.keys(shippedRoles.find((role) => role.key === key)?.grants ?? {});
    expect(grantsOf('administrator').sort()).toEqual([...permissionNames].sort());
    expect(grantsOf('auditor').every((name) => /:(read|export)$/.test(name))).toBe(true);
  });
});
