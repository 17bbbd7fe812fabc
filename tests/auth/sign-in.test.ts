import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { createUser } from '../support/factories/user.js';

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
});
afterAll(() => product.close());

test('R5.1 a user signs in, sees their profile, and signs out', async () => {
  const client = await product.signIn({ role: 'agent' });
  const profile = await client.page('/profile');
  expect(profile('body').text()).toContain(client.user.username);
  const signedOut = await client.post('/logout');
  expect(signedOut.headers['location']).toBe('/login');
  expect((await client.get('/profile')).status).toBe(303);
  const events = await product.query(
    z.object({ action: z.string() }),
    'SELECT action FROM audit_log WHERE actor_id = $1 ORDER BY id',
    [client.user.id],
  );
  expect(events.map(({ action }) => action)).toEqual(['sign-in.accepted', 'sign-in.ended']);
});

test('R5.1 a wrong password is refused without saying what was wrong', async () => {
  const user = await createUser(product.deps);
  const known = await product.anonymous().signIn(user.username, 'wrong');
  const unknown = await product.anonymous().signIn('nobody', 'wrong');
  expect([known.status, unknown.status]).toEqual([401, 401]);
  expect(known.text).toContain('User name or password is wrong');
  expect(unknown.text).toContain('User name or password is wrong');
});
