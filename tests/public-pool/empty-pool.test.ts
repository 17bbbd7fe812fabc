import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
});
afterAll(() => product.close());

test('R1.15 the empty pool says what it is, how customers come here, and what to do', async () => {
  const manager = await product.signIn({ role: 'manager' });
  const account = await product.signIn({ role: 'account' });
  const claimer = await product.signIn({ grants: { 'public-pool:claim': 'all' } });

  const forManager = await manager.page('/public-pool');
  expect(forManager('#list').text()).toContain('The pool holds customers whom nobody looks after');
  expect(forManager('#list').text()).toContain('No rule takes anybody here by itself yet');
  expect(forManager('#list a[href="/admin/public-pool"]').text()).toContain('Set the rules');
  const forAccount = await account.page('/public-pool');
  expect(forAccount('#list a[href="/admin/public-pool"]')).toHaveLength(0);
  expect(forAccount('#list a[href="/customers"]')).toHaveLength(1);
  expect((await claimer.page('/public-pool'))('#list a[href="/customers"]')).toHaveLength(0);
  const searched = await manager.page('/public-pool?q=Nobody');
  expect(searched('#list').text()).not.toContain('The pool holds customers');

  const policy = { isOn: 'on', protectsPlanned: 'on', warningDays: '7', coolDownDays: '30', version: '0' };
  const saved = await manager.post('/admin/public-pool', {
    ...policy,
    'contact-others': '90',
    isPreviewed: 'on',
  });
  expect(saved.status).toBe(303);
  const ruled = await account.page('/public-pool');
  expect(ruled('#list').text()).toContain('or at night when a rule of the pool takes them');
});
