import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { Scope } from '../../src/core/permissions.js';
import { sql, type Sql } from '../../src/core/sql.js';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import type { Viewer } from '../../src/core/viewer.js';
import { requestScope, requestScopeOf } from '../../src/modules/service-requests/service-requests.scope.js';
import { factoryActor } from '../support/factories/sequence.js';
import { createRequest } from '../support/factories/service-request.js';
import { createTeam } from '../support/factories/team.js';
import { createUser } from '../support/factories/user.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

const permission = 'service-requests:supervise';

interface Person {
  readonly id: string;
  readonly teamIds: string[];
  readonly scope: Scope | undefined;
}

interface Owned {
  readonly id: string;
  readonly assigneeId: string | null;
  readonly createdById: string | null;
  readonly teamId: string | null;
}

let product: TestProduct;
const people: Person[] = [];
const requests: Owned[] = [];

beforeAll(async () => {
  product = await startTestProduct();
  const { deps } = product;
  const teams = [await createTeam(deps), await createTeam(deps)];
  for (const scope of ['own', 'team', 'all', undefined] as const) {
    for (const teamIds of [[], teams.slice(0, 1)]) {
      const grants = scope ? { [permission]: scope } : {};
      people.push({ id: (await createUser(deps, { teamIds, grants })).id, teamIds, scope });
    }
  }
  const [first, second] = people;
  for (const assigneeId of [first?.id ?? null, second?.id ?? null, people[3]?.id ?? null, null])
    for (const teamId of [...teams, null])
      for (const createdById of [first?.id ?? null, people[2]?.id ?? null, null])
        requests.push(await own({ assigneeId, teamId, createdById }));
});
afterAll(() => product.close());

async function own(columns: Omit<Owned, 'id'>): Promise<Owned> {
  const { id } = await createRequest(product.deps);
  await unitOfWork({ deps: product.deps, actor: factoryActor }, 'factory.changed', (tx) =>
    tx.serviceRequest.update({ where: { id }, data: columns, select: { id: true } }),
  );
  return { id, ...columns };
}

/** The rule in words, as docs/service-requests.md has it. */
function isWithin({ id, teamIds, scope }: Person, request: Owned): boolean {
  if (scope === undefined || scope === 'all') return scope === 'all';
  if (request.assigneeId === id || request.createdById === id) return true;
  if (scope === 'own') return false;
  return request.teamId === null ? request.assigneeId === null : teamIds.includes(request.teamId);
}

const viewerOf = ({ id, teamIds, scope }: Person): Viewer => ({
  ...{ id, teamIds, username: 'viewer', name: 'Viewer', locale: 'en', theme: 'auto' },
  mustChangePassword: false,
  grants: new Map(scope ? [[permission, scope]] : []),
  loginSessionId: newId(),
});

async function found(condition: Sql): Promise<string[]> {
  const Row = z.object({ id: z.string() });
  const rows = await product.deps.database.rows(
    sql`SELECT service_requests.id::text FROM service_requests WHERE ${condition} ORDER BY id`,
    Row,
  );
  return rows.map(({ id }) => id);
}

test('R2.3 R5.2 a scope finds exactly the requests that the rule names, for a viewer and for any user', async () => {
  for (const person of people) {
    const expected = requests
      .filter((request) => isWithin(person, request))
      .map(({ id }) => id)
      .sort();
    expect(await found(requestScope(viewerOf(person), permission))).toEqual(expected);
    expect(await found(requestScopeOf(sql`${person.id}::uuid`, permission))).toEqual(expected);
  }
  expect(requests).toHaveLength(36);
});
