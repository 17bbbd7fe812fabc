import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestClient } from '../support/client.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
let auditor: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  auditor = await product.signIn({ role: 'auditor', name: 'Auditor Zhou' });
});
afterAll(() => product.close());

async function rows(query: string): Promise<string[]> {
  const page = await auditor.page(`/admin/login-log?${query}`);
  return page('.list tbody tr')
    .toArray()
    .map((row) =>
      page(row)
        .find('td')
        .toArray()
        .map((cell) => page(cell).text().trim())
        .slice(0, 2)
        .join(' '),
    );
}

describe('R5.4 the login log', () => {
  test('lists sign-ins accepted, refused and ended, with reason and address, and finds them by person', async () => {
    const client = await product.signIn({ name: 'Anna' });
    const { user } = client;
    await product.anonymous().signIn(user.username, 'wrong');
    await client.post('/logout');
    await product.anonymous().signIn('stranger', 'wrong');
    expect(await rows(`person=${user.id}`)).toEqual([
      'Anna Ended',
      `${user.username} Refused`,
      'Anna Signed in',
    ]);
    expect(await rows(`person=${user.id}&result=refused`)).toEqual([`${user.username} Refused`]);
    expect(await rows('q=strang')).toEqual(['stranger Refused']);
    const page = await auditor.page('/admin/login-log?q=strang');
    expect(page('.list').text()).toContain('unknown user name');
    expect(page('.list').text()).toContain('127.0.0.1');
  });

  test('filters by days, and shows nothing but sign-ins', async () => {
    await auditor.get('/admin/users');
    expect(await rows('from=2000-01-01&to=2000-01-02')).toEqual([]);
    expect(await rows('q=zhou')).toEqual(['Auditor Zhou Signed in']);
  });

  test('refuses what it does not know, and people without the permission', async () => {
    for (const query of ['result=lost', 'person=1', 'from=yesterday', 'from=2026-01-02&to=2026-01-01']) {
      expect((await auditor.get(`/admin/login-log?${query}`)).status, query).toBe(422);
    }
    const manager = await product.signIn({ role: 'manager' });
    expect((await manager.get('/admin/login-log')).status).toBe(403);
  });

  test('says it in the reader’s language', async () => {
    const reader = await product.signIn({ role: 'auditor', locale: 'zh-CN' });
    expect((await reader.page('/admin/login-log?q=strang'))('.list').text()).toContain('用户名不存在');
  });
});
