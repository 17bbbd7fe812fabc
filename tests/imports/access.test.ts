import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestClient } from '../support/client.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { importCounts, importLines } from './wizard.js';

let product: TestProduct;
let owner: TestClient;
let id: string;
beforeAll(async () => {
  product = await startTestProduct();
  owner = await product.signIn({ role: 'manager', name: 'Owner' });
  id = await importLines(product, owner, ['姓名,手机', '张三,13800138000', '李四,12']);
});
afterAll(() => product.close());

const pages = ['', '/progress', '/mapping', '/undo', '/rejected.xlsx'];
const forms = {
  '/mapping': { version: '1', columns: ['name', 'phone'], policy: 'skip', dateOrder: '' },
  '/run': { version: '1' },
  '/cancellation': { version: '1' },
  '/undo': { version: '1' },
};

describe('R5.2 imports of others (CVE-2026-46691, CVE-2026-109957)', () => {
  test('are not there for a colleague with the same rights: 404 everywhere, and in no list', async () => {
    const colleague = await product.signIn({ role: 'manager' });
    for (const path of pages) {
      expect((await colleague.get(`/imports/${id}${path}`)).status, `GET ${path}`).toBe(404);
    }
    for (const [path, fields] of Object.entries(forms)) {
      expect((await colleague.post(`/imports/${id}${path}`, fields)).status, `POST ${path}`).toBe(404);
    }
    expect((await colleague.page('/imports'))('#list').text()).toContain('Nothing was imported yet');
    expect(await importCounts(product, id)).toMatchObject({ state: 'done' });
  });

  test('ids that no import has are 404, bad list parameters 422', async () => {
    for (const path of pages) expect((await owner.get(`/imports/no-uuid${path}`)).status).toBe(404);
    expect((await owner.get('/imports?state=somewhere')).status).toBe(422);
    expect((await owner.get('/imports?sort=fileName')).status).toBe(422);
    expect((await owner.get(`/imports/${id}?after=x`)).status).toBe(422);
  });

  test('are there for those who run the system', async () => {
    const administrator = await product.signIn({ role: 'administrator' });
    expect((await administrator.page('/imports'))('#list').text()).toContain('Owner');
    expect((await administrator.page(`/imports/${id}`))('main').text()).toContain('no such phone number');
    expect((await administrator.get(`/imports/${id}/rejected.xlsx`)).status).toBe(200);
  });

  test('R5.5 their cells in clear are not, without the right to reveal contact data', async () => {
    const operator = await product.signIn({
      grants: {
        'imports:run': 'all',
        'customers:create': 'all',
        'system:manage': 'all',
        'customers:read': 'all',
      },
    });
    expect((await operator.page(`/imports/${id}`))('a[href$="/rejected.xlsx"]')).toHaveLength(0);
    expect((await operator.get(`/imports/${id}/rejected.xlsx`)).status).toBe(403);
  });
});
