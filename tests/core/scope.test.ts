import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { Permission, Scope } from '../../src/core/permissions.js';
import { ownedScope } from '../../src/core/scope.js';
import { sql, type Sql } from '../../src/core/sql.js';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import type { Viewer } from '../../src/core/viewer.js';
import { customerScope, customerScopeOf } from '../../src/modules/customers/customers.scope.js';
import { createCustomer } from '../support/factories/customer.js';
import { factoryActor } from '../support/factories/sequence.js';
import { createTeam } from '../support/factories/team.js';
import { createUser } from '../support/factories/user.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

interface Owned {
  readonly id: string;
  readonly ownerId: string | undefined;
  readonly teamId: string | undefined;
  readonly collaboratorIds: readonly string[];
}

let product: TestProduct;
const customers: Owned[] = [];
const people: { id: string; teamIds: string[] }[] = [];

beforeAll(async () => {
  product = await startTestProduct();
  const teams = [
    await createTeam(product.deps),
    await createTeam(product.deps),
    await createTeam(product.deps),
  ];
  for (const teamIds of [[], teams.slice(0, 1), teams.slice(0, 2)]) {
    people.push({ id: (await createUser(product.deps, { teamIds })).id, teamIds });
  }
  for (const ownerId of [...people.map(({ id }) => id), undefined]) {
    for (const teamId of [...teams, undefined]) {
      const collaboratorIds = people.slice(0, customers.length % 3).map(({ id }) => id);
      const { id } = await createCustomer(product.deps, {
        ...(ownerId && { ownerId }),
        ...(teamId && { teamId }),
        collaboratorIds,
      });
      customers.push({ id, ownerId, teamId, collaboratorIds });
    }
  }
});
afterAll(() => product.close());

const viewerOf = (person: { id: string; teamIds: string[] }, scope: Scope | undefined): Viewer => ({
  ...person,
  username: 'viewer',
  name: 'Viewer',
  locale: 'en',
  theme: 'auto',
  mustChangePassword: false,
  grants: new Map(scope ? [['customers:edit', scope]] : []),
  loginSessionId: newId(),
});

/** The rule in words: own is theirs; team is theirs or of one of their teams; all is all. */
function mayTouch(
  person: { id: string; teamIds: string[] },
  scope: Scope | undefined,
  customer: Owned,
): boolean {
  if (scope === undefined) return false;
  if (scope === 'all' || customer.ownerId === person.id) return true;
  return scope === 'team' && customer.teamId !== undefined && person.teamIds.includes(customer.teamId);
}

test.each(['own', 'team', 'all', undefined] as const)(
  'R5.2 scope %s finds exactly the rows that the rule names',
  async (scope) => {
    const columns = { ownerId: sql`customers.owner_id`, teamId: sql`customers.team_id` };
    for (const person of people) {
      const condition = ownedScope(viewerOf(person, scope), 'customers:edit', columns);
      const found = await product.deps.database.rows(
        sql`SELECT id::text FROM customers WHERE ${condition}`,
        z.object({ id: z.string() }),
      );
      const expected = customers.filter((customer) => mayTouch(person, scope, customer));
      expect(found.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort());
    }
  },
);

test.each(['own', 'team'] as const)(
  'R1.15 scope %s holds what is shared where the permission is for collaborators, and both ways of asking agree',
  async (scope) => {
    for (const person of people) {
      for (const permission of ['customers:edit', 'customers:delete'] as const) {
        const grants = new Map([[permission, scope]]);
        const viewer = { ...viewerOf(person, scope), grants };
        await grantOnly(person.id, permission, scope);
        const found = async (condition: Sql): Promise<string[]> => {
          const rows = await product.deps.database.rows(
            sql`SELECT id::text FROM customers WHERE ${condition} ORDER BY id`,
            z.object({ id: z.string() }),
          );
          return rows.map(({ id }) => id);
        };
        const isShared = ({ collaboratorIds }: Owned): boolean =>
          permission === 'customers:edit' && collaboratorIds.includes(person.id);
        const expected = customers.filter(
          (customer) => mayTouch(person, scope, customer) || isShared(customer),
        );
        const ids = expected.map(({ id }) => id).sort();
        expect(await found(customerScope(viewer, permission))).toEqual(ids);
        expect(await found(customerScopeOf(sql`${person.id}::uuid`, permission))).toEqual(ids);
      }
    }
  },
);

/** One role with one grant, and nothing else. */
async function grantOnly(userId: string, permission: Permission, scope: Scope): Promise<void> {
  await unitOfWork({ deps: product.deps, actor: factoryActor }, 'factory.changed', async (tx) => {
    const roleId = newId();
    await tx.userRole.deleteMany({ where: { userId } });
    await tx.role.create({ data: { id: roleId, name: `Role ${roleId}` } });
    await tx.roleGrant.create({ data: { id: newId(), roleId, permission, scope } });
    await tx.userRole.create({ data: { id: newId(), userId, roleId } });
  });
}

test('R5.2 another permission’s scope does not count', async () => {
  const [person] = people;
  if (!person) throw new Error('nobody was made');
  const condition = ownedScope(viewerOf(person, 'all'), 'customers:delete', {
    ownerId: sql`owner_id`,
    teamId: sql`team_id`,
  });
  expect(
    await product.deps.database.rows(
      sql`SELECT id::text FROM customers WHERE ${condition}`,
      z.object({ id: z.string() }),
    ),
  ).toEqual([]);
});
