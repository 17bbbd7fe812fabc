import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addEmail } from '../../src/core/outbox.js';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import type { TestClient } from '../support/client.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { lastRequestOf } from './audit-of.js';

const text = 'Your appointment is on Monday.\nSee you then.';

let product: TestProduct;
let administrator: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  administrator = await product.signIn();
});
afterAll(() => product.close());

const write = (subject: string): Promise<string> =>
  unitOfWork({ deps: product.deps, actor: { id: null, name: 'test' } }, 'test.prepared', (tx) =>
    addEmail(tx, product.deps, { to: 'wang@example.com', subject, text }),
  );

describe('R3.8 the outbox without a mail server', () => {
  test('says that messages are kept, and lists them with a masked recipient', async () => {
    await write('Reminder');
    const page = await administrator.page('/admin/outbox');
    expect(page('main').text()).toContain('No mail server is set up');
    const row = page('.list tbody tr').first().text();
    expect(row).toContain('Reminder');
    expect(row).toContain('w***@example.com');
    expect(row).toContain('Kept');
    expect((await administrator.page('/admin/outbox?state=sent'))('.list tbody tr').length).toBe(0);
    expect((await administrator.page('/admin/outbox?q=remind'))('.list tbody tr').length).toBe(1);
  });

  test('R5.4 shows recipient and text when asked by POST, and writes that down', async () => {
    const id = await write('Private');
    const path = `/admin/outbox/${id}`;
    const closed = await administrator.get(path);
    expect(closed.text).not.toContain('Monday');
    expect(closed.text).not.toContain('wang@example.com');
    const opened = await administrator.post(`${path}/reading`);
    expect(opened.status).toBe(200);
    expect(opened.text).toContain(text);
    expect(opened.text).toContain('wang@example.com');
    expect(await lastRequestOf(product, administrator.user.id)).toMatchObject([
      { action: 'outbox.message-read', table_name: 'outbox_messages', operation: 'event' },
    ]);
    expect((await administrator.post(`${path}/delivery`)).status).toBe(409);
  });

  test('writes a test message, encrypted, and wakes whoever delivers', async () => {
    product.woken.length = 0;
    const response = await administrator.post('/admin/outbox/test-message', {
      address: 'Someone@Example.com',
    });
    const path = response.headers['location'] ?? '';
    expect(product.woken).toEqual([{ name: 'outbox', payload: {} }]);
    expect((await administrator.page(path))('main').text()).toContain('s***@example.com');
    expect((await administrator.post(`${path}/reading`)).text).toContain('someone@example.com');
  });

  test('refuses addresses that no mail can reach, and more than one', async () => {
    for (const address of [
      '',
      'nobody',
      'a@b',
      'a@example.com, b@example.com',
      'a@example.com\r\nBcc: b@example.com',
    ]) {
      const response = await administrator.post('/admin/outbox/test-message', { address });
      expect(response.status, address).toBe(422);
    }
    expect(
      (await administrator.post('/admin/outbox/test-message', { address: 'a@example.com', subject: 'x' }))
        .status,
    ).toBe(422);
  });

  test('is closed to others, and unknown messages are not found', async () => {
    const manager = await product.signIn({ role: 'manager' });
    const id = await write('Closed');
    expect((await manager.get('/admin/outbox')).status).toBe(403);
    expect((await manager.post(`/admin/outbox/${id}/reading`)).status).toBe(403);
    const unknown = '/admin/outbox/00000000-0000-7000-8000-000000000000';
    expect((await administrator.get(unknown)).status).toBe(404);
    expect((await administrator.post(`${unknown}/reading`)).status).toBe(404);
    expect((await administrator.post(`${unknown}/delivery`)).status).toBe(404);
    expect((await administrator.get('/admin/outbox?state=lost')).status).toBe(422);
  });
});
