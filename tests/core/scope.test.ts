import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { Scope } from '../../src/core/permissions.js';
import { ownedScope } from '../../src/core/scope.js';
import { sql } from '../../src/core/sql.js';
import type { Viewer } from '../../src/core/viewer.js';
import { createCustomer } from '../support/factories/customer.js';
import { createTeam } from '../support/factories/team.js';
import { createUser } from '../support/factories/user.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

interface Owned {
  readonly id: string;
  readonly ownerId: string | undefined;
  readonly teamId: string | undefined;
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
      const { id } = await createCustomer(product.deps, {
        ...(ownerId && { ownerId }),
        ...(teamId && { teamId }),
      });
      customers.push({ id, ownerId, teamId });
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
