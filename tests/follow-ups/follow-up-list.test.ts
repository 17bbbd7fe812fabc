import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { v7 as newId } from 'uuid';
import { z } from 'zod';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { addDays, dueBuckets } from '../../src/modules/follow-ups/due-days.js';
import { bucketCap } from '../../src/modules/follow-ups/follow-up-list.queries.js';
import { listPossibleOwners } from '../../src/modules/follow-ups/follow-up-owners.queries.js';
import { findViewer } from '../../src/modules/auth/auth.queries.js';
import { findCustomer } from '../../src/modules/customers/customers.queries.js';
import { administratorContext } from '../admin/viewer-context.js';
import type { TestClient } from '../support/client.js';
import { createCustomer } from '../support/factories/customer.js';
import { createFollowUp } from '../support/factories/follow-up.js';
import { factoryActor } from '../support/factories/sequence.js';
import { createTeam } from '../support/factories/team.js';
import { createUser, type TestUser } from '../support/factories/user.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

/** Sunday evening, 23:30 in Shanghai; half an hour later the day, the week and every bucket are others. */
const evening = new Date('2026-11-22T15:30:00Z');
const midnight = new Date('2026-11-22T16:00:00Z');
const sunday = '2026-11-22';

let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager' });
  product.setNow(evening);
});
afterAll(() => product.close());

const actions = async (client: TestClient, query: string): Promise<string[]> => {
  const page = await client.page(`/follow-ups${query}`);
  return page('#list a.row-link')
    .toArray()
    .map((link) => page(link).text());
};

describe('R1.4 the list by due date', () => {
  test('each follow-up stands in one bucket, in the order of day and time; at midnight they move on', async () => {
    const client = await product.signIn({ role: 'agent' });
    const { id: customerId } = await createCustomer(product.deps);
    const offsets = [9, -1, 1, 0, 8, 7, -30];
    for (const offset of offsets) {
      const dueOn = addDays(sunday, offset);
      await createFollowUp(product.deps, { customerId, ownerId: client.user.id, dueOn, action: `${offset}` });
    }
    const timed = { customerId, ownerId: client.user.id, dueOn: sunday };
    await createFollowUp(product.deps, { ...timed, dueMinute: 1_080, action: '0 at six' });
    await createFollowUp(product.deps, { ...timed, dueMinute: 540, action: '0 at nine' });
    const buckets = () => Promise.all(dueBuckets.map((bucket) => actions(client, `?due=${bucket}`)));
    expect(await buckets()).toEqual([
      ['-30', '-1'],
      ['0', '0 at nine', '0 at six'],
      [],
      ['1', '7', '8', '9'],
    ]);
    expect((await buckets()).flat()).toEqual(await actions(client, ''));
    const tabs = (await client.page('/follow-ups'))('.nav-pills').text().replace(/\s+/g, ' ').trim();
    expect(tabs).toBe('All Overdue 2 Today 3 This week 0 Later 4');
    product.setNow(midnight);
    expect(await buckets()).toEqual([['-30', '-1', '0', '0 at nine', '0 at six'], ['1'], ['7'], ['8', '9']]);
    product.setNow(evening);
  });

  test('a tab over its cap says so for a minute without counting; the others are counted each time', async () => {
    const client = await product.signIn({ role: 'agent' });
    const { id: customerId } = await createCustomer(product.deps);
    const ofClient = { customerId, ownerId: client.user.id };
    await unitOfWork({ deps: product.deps, actor: factoryActor }, 'factory.created', (tx) =>
      tx.followUp.createMany({
        data: Array.from({ length: bucketCap + 1 }, () => ({
          ...ofClient,
          id: newId(),
          action: 'Call back',
          dueOn: new Date('2026-11-01'),
        })),
      }),
    );
    const tabs = async () =>
      (await client.page('/follow-ups'))('.nav-pills').text().replace(/\s+/g, ' ').trim();
    expect(await tabs()).toBe('All Overdue 999+ Today 0 This week 0 Later 0');
    await unitOfWork({ deps: product.deps, actor: factoryActor }, 'factory.changed', (tx) =>
      tx.followUp.updateMany({ where: ofClient, data: { dueOn: new Date(sunday) } }),
    );
    expect(await tabs()).toBe('All Overdue 999+ Today 999+ This week 0 Later 0');
  });

  test('pages by keyset: forwards and back, everything once', async () => {
    const client = await product.signIn({ role: 'agent' });
    const { id: customerId } = await createCustomer(product.deps);
    for (let index = 0; index < 60; index += 1) {
      const dueOn = addDays(sunday, Math.floor(index / 7));
      await createFollowUp(product.deps, { customerId, ownerId: client.user.id, dueOn, action: `n${index}` });
    }
    const first = await client.page('/follow-ups');
    const next = first('a[rel="next"]').attr('href') ?? '';
    const seen = [
      ...(await actions(client, '')),
      ...(await actions(client, next.replace('/follow-ups', ''))),
    ];
    expect(seen).toHaveLength(60);
    expect(new Set(seen).size).toBe(60);
    const back = (await client.page(next))('a[rel="prev"]').attr('href') ?? '';
    expect(await actions(client, back.replace('/follow-ups', ''))).toEqual(seen.slice(0, 50));
    expect(await actions(client, '?sort=-due')).toEqual(expect.arrayContaining(['n59']));
  });

  test('finds by customer: name, pinyin, number, phone', async () => {
    const client = await product.signIn({ role: 'agent' });
    const found = await createCustomer(product.deps, { name: '欧阳修', phone: '+8613812349999' });
    const other = await createCustomer(product.deps, { name: 'Somebody' });
    for (const customer of [found, other]) {
      await createFollowUp(product.deps, {
        customerId: customer.id,
        ownerId: client.user.id,
        dueOn: sunday,
        action: customer.name,
      });
    }
    for (const q of ['欧阳', 'ouyang', found.customerNo, '13812349999', '9999']) {
      expect(await actions(client, `?q=${encodeURIComponent(q)}`), q).toEqual(['欧阳修']);
    }
  });

  test('the customer list shows the next one and the last contact, filters and sorts by them', async () => {
    const soon = await createCustomer(product.deps, { name: 'Filter Soon' });
    const late = await createCustomer(product.deps, { name: 'Filter Late' });
    await createCustomer(product.deps, { name: 'Filter None' });
    const plan = { ownerId: manager.user.id };
    await createFollowUp(product.deps, { ...plan, customerId: soon.id, dueOn: sunday });
    await createFollowUp(product.deps, { ...plan, customerId: late.id, dueOn: addDays(sunday, -4) });
    const names = async (query: string): Promise<string[]> => {
      const page = await manager.page(`/customers?q=Filter&${query}`);
      return page('#list a.row-link')
        .toArray()
        .map((link) => page(link).text());
    };
    expect(await names('nextFollowUp=overdue')).toEqual(['Filter Late']);
    expect(await names('nextFollowUp=today')).toEqual(['Filter Soon']);
    expect(await names('nextFollowUp=week')).toEqual([]);
    expect(await names('nextFollowUp=none')).toEqual(['Filter None']);
    expect(await names('sort=nextFollowUp')).toEqual(['Filter Late', 'Filter Soon', 'Filter None']);
    expect((await names('notContactedSince=2026-01-01')).length).toBe(3);
    expect((await manager.get('/customers?nextFollowUp=never')).status).toBe(422);
    const list = await manager.page('/customers?q=Filter&nextFollowUp=overdue');
    expect(list('#list tbody').text()).toContain('4 days ago');
    expect(list('.active-filters').text()).toContain('Next follow-up: Overdue');
  });
});

test('R1.15 those who can be given a follow-up are exactly those who see the customer and work on follow-ups', async () => {
  const teams = [await createTeam(product.deps), await createTeam(product.deps)];
  const scopes = ['own', 'team', 'all'] as const;
  const users: TestUser[] = [];
  for (const scope of scopes) {
    for (const teamIds of [[], teams.slice(0, 1), teams]) {
      const grants = { 'customers:read': scope, 'follow-ups:manage': 'own' } as const;
      users.push(await createUser(product.deps, { teamIds, grants }));
    }
  }
  users.push(await createUser(product.deps, { grants: { 'customers:read': 'all' } }));
  const viewers = await Promise.all(users.map((user) => viewerOf(user)));
  const context = administratorContext(product, manager.user);
  const anyone = fc.option(fc.constantFrom(...users.map(({ id }) => id)), { nil: undefined });
  const anyTeam = fc.option(fc.constantFrom(...teams), { nil: undefined });
  await fc.assert(
    fc.asyncProperty(anyone, anyTeam, async (ownerId, teamId) => {
      const customer = await createCustomer(product.deps, {
        ...(ownerId === undefined ? {} : { ownerId }),
        ...(teamId === undefined ? {} : { teamId }),
      });
      const possible = new Set((await listPossibleOwners(context, customer.id)).map(({ id }) => id));
      for (const viewer of viewers) {
        const sees = await findCustomer({ ...context, viewer }, customer.id).then(
          () => true,
          () => false,
        );
        const works = viewer.grants.has('follow-ups:manage');
        expect(possible.has(viewer.id), JSON.stringify([...viewer.grants])).toBe(sees && works);
      }
    }),
    { numRuns: 25 },
  );
});

/** The viewer of a sign-in, as a request would have it. */
async function viewerOf(user: TestUser) {
  const [session] = await product.query(
    z.object({ id: z.string() }),
    `INSERT INTO login_sessions (id, user_id, address, user_agent) VALUES (gen_random_uuid(), $1, '', '') RETURNING id`,
    [user.id],
  );
  const viewer = await findViewer(product.deps.database, session?.id ?? '');
  if (!viewer) throw new Error('not signed in');
  return viewer;
}
