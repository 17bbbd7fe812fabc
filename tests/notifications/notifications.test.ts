import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { addNotification } from '../../src/modules/notifications/notifications.service.js';
import { createCustomer } from '../support/factories/customer.js';
import { createFollowUp } from '../support/factories/follow-up.js';
import { factoryActor } from '../support/factories/sequence.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
});
afterAll(() => product.close());

const notify = (userId: string, customerId: string, actor = 'Li Wei', href = '/follow-ups') =>
  unitOfWork({ deps: product.deps, actor: factoryActor }, 'factory.created', (tx) =>
    addNotification(tx, { userId, kind: 'followUpAssigned', params: { actor, customerId }, href }),
  );

const State = z.object({ id: z.string(), read_at: z.date().nullable() });
const statesOf = (userId: string) =>
  product.query(State, 'SELECT id, read_at FROM notifications WHERE user_id = $1 ORDER BY id', [userId]);

describe('R1.4 the bell', () => {
  test('counts unread notifications and follow-ups that are due; it says so on every page and ends at 99', async () => {
    const client = await product.signIn({ role: 'agent' });
    const { id: customerId } = await createCustomer(product.deps);
    const bell = async () => (await client.page('/profile'))('.frame-header a[href="/notifications"]');
    expect((await bell()).attr('aria-label')).toBe('Notifications: nothing new');
    await notify(client.user.id, customerId);
    const plan = { customerId, ownerId: client.user.id };
    await createFollowUp(product.deps, { ...plan, dueOn: '2026-01-05' });
    await createFollowUp(product.deps, { ...plan, dueOn: '2199-01-05' });
    expect((await bell()).attr('aria-label')).toBe('Notifications: 2 waiting');
    expect((await client.page('/notifications'))('.notice-warning').text()).toContain('One follow-up is due');
    for (let index = 0; index < 99; index += 1) await notify(client.user.id, customerId);
    expect((await bell()).text().trim()).toBe('99+');
  });

  test('leaves due follow-ups out for those who do not work on follow-ups', async () => {
    const client = await product.signIn({ grants: { 'customers:read': 'all' } });
    const { id: customerId } = await createCustomer(product.deps);
    await createFollowUp(product.deps, { customerId, ownerId: client.user.id, dueOn: '2026-01-05' });
    const page = await client.page('/notifications');
    expect(page('.frame-header .pill-red').length).toBe(0);
    expect(page('.notice-warning').length).toBe(0);
  });
});

describe('R1.4 notifications', () => {
  test('opening one marks it as read and leads to its page; nobody opens another’s', async () => {
    const client = await product.signIn({ role: 'agent' });
    const stranger = await product.signIn({ role: 'agent' });
    const { id: customerId } = await createCustomer(product.deps, { name: '王小明' });
    await notify(client.user.id, customerId, 'Li Wei', `/customers/${customerId}`);
    const page = await client.page('/notifications');
    expect(page('main').text()).toContain('Li Wei gave you a follow-up for 王小明.');
    expect(page('.pill-blue').length).toBe(1);
    const action = page('form[action$="/reading"]').last().attr('action') ?? '';
    expect((await stranger.post(action)).status).toBe(404);
    expect((await stranger.page('/notifications'))('main').text()).toContain('No notifications');
    expect((await statesOf(client.user.id))[0]?.read_at).toBeNull();
    expect((await client.post(action)).headers['location']).toBe(`/customers/${customerId}`);
    const [read] = await statesOf(client.user.id);
    expect(read?.read_at).not.toBeNull();
    await client.post(action);
    expect((await statesOf(client.user.id))[0]).toEqual(read);
    expect((await client.page('/notifications'))('.pill-blue').length).toBe(0);
  });

  test('all at once are marked as read, the viewer’s own only', async () => {
    const client = await product.signIn({ role: 'agent' });
    const other = await product.signIn({ role: 'agent' });
    const { id: customerId } = await createCustomer(product.deps);
    for (const { user } of [client, client, other]) await notify(user.id, customerId);
    expect((await client.post('/notifications/reading')).headers['location']).toBe('/notifications');
    const page = await client.page('/notifications');
    expect(page('.notice-success').text()).toContain('2 notifications are marked as read');
    expect(page('form[action="/notifications/reading"]').length).toBe(0);
    expect((await statesOf(client.user.id)).every(({ read_at }) => read_at !== null)).toBe(true);
    expect((await statesOf(other.user.id)).every(({ read_at }) => read_at === null)).toBe(true);
  });

  test('names a customer only as long as the reader may see them', async () => {
    const client = await product.signIn({ role: 'account' });
    const { id: customerId } = await createCustomer(product.deps, { name: 'Secret Person' });
    await notify(client.user.id, customerId);
    const text = (await client.page('/notifications'))('main').text();
    expect(text).not.toContain('Secret Person');
    expect(text).toContain('a customer whom you cannot see any more');
  });

  test('pages back in time: 50 at once', async () => {
    const client = await product.signIn({ role: 'agent' });
    const { id: customerId } = await createCustomer(product.deps);
    for (let index = 0; index < 53; index += 1) await notify(client.user.id, customerId, `Person ${index}`);
    const first = await client.page('/notifications');
    expect(first('tbody tr').length).toBe(50);
    const older = first('a[href^="/notifications?before="]').attr('href') ?? '';
    expect((await client.page(older))('tbody tr').length).toBe(3);
  });

  test('pages: 422 for a moment that is none, 404 for ids that are none, 303 and 401 without sign-in', async () => {
    const client = await product.signIn({ role: null });
    expect((await client.get('/notifications')).status).toBe(200);
    expect((await client.get('/notifications?before=yesterday')).status).toBe(422);
    expect((await client.post('/notifications/not-an-id/reading')).status).toBe(404);
    expect((await client.post(`/notifications/${newId()}/reading`)).status).toBe(404);
    expect((await client.post('/notifications/reading', { x: '1' })).status).toBe(422);
    expect((await product.anonymous().get('/notifications')).status).toBe(303);
    expect((await product.anonymous().post('/notifications/reading')).status).toBe(401);
  });
});
