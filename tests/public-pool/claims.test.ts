import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { ViewerContext } from '../../src/core/context.js';
import { addDays } from '../../src/modules/follow-ups/due-days.js';
import { claimCustomer } from '../../src/modules/public-pool/public-pool.service.js';
import { administratorContext } from '../admin/viewer-context.js';
import type { TestClient } from '../support/client.js';
import { createCustomer } from '../support/factories/customer.js';
import { createFollowUp } from '../support/factories/follow-up.js';
import { createTeam } from '../support/factories/team.js';
import { createUser } from '../support/factories/user.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { auditedActions, savePolicy, storedOwner } from './pool-state.js';

const today = '2026-06-30';

let product: TestProduct;
let account: TestClient;
let teamId: string;
beforeAll(async () => {
  product = await startTestProduct();
  product.setNow(new Date(`${today}T04:00:00Z`));
  teamId = await createTeam(product.deps);
  account = await product.signIn({ role: 'account', teamIds: [teamId] });
});
afterAll(() => product.close());

const claim = (client: TestClient, id: string) => client.post(`/public-pool/${id}/claim`);

/** The sentence that the next page shows. */
const flashOf = async (client: TestClient): Promise<string> =>
  (await client.page('/public-pool'))('.notice').text().trim();

/** Claims at the same time; how many of them were refused. */
async function claimAll(claims: readonly (readonly [ViewerContext, string])[]): Promise<number> {
  const results = await Promise.allSettled(claims.map(([context, id]) => claimCustomer(context, id)));
  return results.filter(({ status }) => status === 'rejected').length;
}

const contextOf = async (): Promise<ViewerContext> =>
  administratorContext(product, await createUser(product.deps));

describe('R1.15 the public pool', () => {
  test('shows what is needed to choose whatever the scope, and no contact data', async () => {
    const customer = await createCustomer(product.deps, {
      name: '张三',
      city: '上海',
      phone: '+8613800138000',
    });
    const page = await account.page('/public-pool?city=上海');
    const row = page('#list tbody tr');
    expect(row.text()).toContain('张三');
    expect(row.text()).toContain('No owner');
    expect(row.text()).not.toContain('138');
    expect(row.find('a').length).toBe(0);
    expect((await account.get(`/customers/${customer.id}`)).status).toBe(404);
  });

  test('bad parameters are refused; without the permission there is no pool', async () => {
    expect((await account.get('/public-pool?sort=phone')).status).toBe(422);
    expect((await claim(account, newId())).status).toBe(404);
    expect((await claim(account, 'nobody')).status).toBe(404);
    const auditor = await product.signIn({ role: 'auditor' });
    expect((await auditor.get('/public-pool')).status).toBe(403);
    expect((await claim(auditor, newId())).status).toBe(403);
  });
});

describe('R1.15 claiming', () => {
  test('gives the customer, the team and the open follow-ups of the former owner to the claimer', async () => {
    const manager = await product.signIn({ role: 'manager' });
    const former = await createUser(product.deps, { role: 'account', teamIds: [teamId] });
    const { id } = await createCustomer(product.deps, { ownerId: former.id, teamId });
    const followUpId = await createFollowUp(product.deps, {
      customerId: id,
      ownerId: former.id,
      dueOn: today,
    });
    await manager.post(`/customers/${id}/release`, { version: '1' });
    expect(await storedOwner(product, id)).toEqual({
      owner_id: null,
      team_id: null,
      previous_owner_id: former.id,
      pool_reason: 'released',
      is_pooled: true,
    });
    const response = await claim(account, id);
    expect([response.status, response.headers['location']]).toEqual([303, `/customers/${id}`]);
    expect(await storedOwner(product, id)).toMatchObject({
      owner_id: account.user.id,
      team_id: teamId,
      pool_reason: null,
      is_pooled: false,
    });
    expect(await auditedActions(product, id)).toEqual([
      'factory.created',
      'customers.released',
      'customers.claimed',
    ]);
    const [followUp] = await product.query(
      z.object({ owner_id: z.string() }),
      'SELECT owner_id FROM follow_ups WHERE id = $1',
      [followUpId],
    );
    expect(followUp?.owner_id).toBe(account.user.id);
    await claim(await product.signIn({ role: 'agent' }), id);
    expect(await storedOwner(product, id)).toMatchObject({ owner_id: account.user.id });
  });

  test('the sentence of a refusal says which rule, and when it will be possible', async () => {
    await savePolicy(product, { dailyQuota: 1, coolDownDays: 30 });
    const client = await product.signIn({ role: 'account', teamIds: [teamId] });
    const [first, second] = [await createCustomer(product.deps), await createCustomer(product.deps)];
    await claim(client, first.id);
    await claim(client, second.id);
    expect(await flashOf(client)).toContain('You can claim again on Jul 1, 2026');
    product.setNow(new Date(`${addDays(today, 1)}T04:00:00Z`));
    await savePolicy(product, { maximumOwned: 1 });
    await claim(client, second.id);
    expect(await flashOf(client)).toContain('You look after 1 customers, and 1 are allowed.');
    product.setNow(new Date(`${today}T04:00:00Z`));
  });

  test('a former owner waits for the days of cool-down; a manager does not', async () => {
    await savePolicy(product, { coolDownDays: 10, dailyQuota: null });
    product.setNow(undefined);
    const client = await product.signIn({ role: 'account', teamIds: [teamId] });
    const { id } = await createCustomer(product.deps, { ownerId: client.user.id, teamId });
    await client.post(`/customers/${id}/release`, { version: '1' });
    await claim(client, id);
    expect(await flashOf(client)).toContain('You were the owner of this customer until lately');
    expect(await storedOwner(product, id)).toMatchObject({ owner_id: null });
    product.setNow(new Date(Date.now() + 11 * 86_400_000));
    await claim(client, id);
    expect(await storedOwner(product, id)).toMatchObject({ owner_id: client.user.id });
    product.setNow(new Date(`${today}T04:00:00Z`));
    const manager = await product.signIn({ role: 'manager' });
    const own = await createCustomer(product.deps, { ownerId: manager.user.id });
    await manager.post(`/customers/${own.id}/release`, { version: '1' });
    await claim(manager, own.id);
    expect(await storedOwner(product, own.id)).toMatchObject({ owner_id: manager.user.id });
  });

  test('of fifty people at once one gets the customer', async () => {
    const { id } = await createCustomer(product.deps);
    const contexts = [];
    for (let index = 0; index < 50; index += 1) contexts.push(await contextOf());
    expect(await claimAll(contexts.map((context) => [context, id] as const))).toBe(49);
    const claims = await product.query(
      z.object({ user_id: z.string() }),
      'SELECT user_id FROM pool_claims WHERE customer_id = $1',
      [id],
    );
    expect(claims.length).toBe(1);
    expect(await storedOwner(product, id)).toMatchObject({ owner_id: claims[0]?.user_id });
  });

  test('two people with fifty claims at once never get more than their quota', async () => {
    await savePolicy(product, { dailyQuota: 3 });
    const [one, other] = [await contextOf(), await contextOf()];
    const ids: string[] = [];
    for (let index = 0; index < 25; index += 1) ids.push((await createCustomer(product.deps)).id);
    const claims = ids.flatMap((id) => [[one, id] as const, [other, id] as const]);
    expect(await claimAll(claims)).toBe(50 - 6);
    const owned = await product.query(
      z.object({ count: z.number() }),
      'SELECT count(*)::integer AS count FROM customers WHERE owner_id = ANY($1) GROUP BY owner_id',
      [[one.viewer.id, other.viewer.id]],
    );
    expect(owned).toEqual([{ count: 3 }, { count: 3 }]);
  });
});

describe('R1.15 releasing', () => {
  test('asks first, refuses an old version, is taken back by undo and is a 404 out of scope', async () => {
    const { id } = await createCustomer(product.deps, { ownerId: account.user.id, teamId });
    const page = await account.page(`/customers/${id}/release`);
    expect(page('main').text()).toContain('anybody who may can claim them');
    expect((await account.post(`/customers/${id}/release`, { version: '7' })).status).toBe(409);
    expect((await account.post(`/customers/${id}/release`, {})).status).toBe(422);
    const stranger = await product.signIn({ role: 'account' });
    expect((await stranger.get(`/customers/${id}/release`)).status).toBe(404);
    expect((await stranger.post(`/customers/${id}/release`, { version: '1' })).status).toBe(404);
    await account.post(`/customers/${id}/release`, { version: '1' });
    expect(await storedOwner(product, id)).toMatchObject({ owner_id: null });
    const undo =
      (await account.page('/recent-actions'))('form[action$="/undo"]').first().attr('action') ?? '';
    expect((await account.post(undo)).status).toBe(303);
    expect(await storedOwner(product, id)).toEqual({
      owner_id: account.user.id,
      team_id: teamId,
      previous_owner_id: null,
      pool_reason: null,
      is_pooled: false,
    });
  });
});
