import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestClient } from '../support/client.js';
import { createCustomer } from '../support/factories/customer.js';
import { createUser } from '../support/factories/user.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
let agent: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  agent = await product.signIn({ role: 'agent' });
  await createCustomer(product.deps, {
    name: '张三',
    customerNo: 'C000777',
    phone: '+8613812345678',
    email: 'zhang@example.com',
    wechat: 'wx_zhang3',
  });
  await createCustomer(product.deps, { name: '欧阳娜娜', customerNo: 'C000778', phone: '+8613987654321' });
  await createCustomer(product.deps, { name: '单小红', customerNo: 'C000779' });
  await createCustomer(product.deps, { name: 'María Müller', customerNo: 'C000780' });
  await createCustomer(product.deps, { name: "100% O'Neil_x", customerNo: 'C000781' });
});
afterAll(() => product.close());

const names = async (query: string): Promise<string[]> => {
  const page = await agent.page(`/customers?sort=name&q=${encodeURIComponent(query)}`);
  return page('#list tbody tr td:first-child')
    .toArray()
    .map((cell) => page(cell).text().trim());
};

test.each([
  ['张三', '张三'],
  ['三', '张三'],
  ['zhangsan', '张三'],
  ['zhang san', '张三'],
  ['zs', '张三'],
  ['ZS', '张三'],
  ['138 1234 5678', '张三'],
  ['+86 138-1234-5678', '张三'],
  ['008613812345678', '张三'],
  ['5678', '张三'],
  ['ZHANG@example.com', '张三'],
  ['wx_zhang3', '张三'],
  ['c000777', '张三'],
  ['娜娜', '欧阳娜娜'],
  ['ouyang', '欧阳娜娜'],
  ['oynn', '欧阳娜娜'],
  ['shanxiaohong', '单小红'],
  ['müller', 'María Müller'],
  ['muller', 'María Müller'],
  ['mm', 'María Müller'],
  ['mariamul', 'María Müller'],
  ["o'neil", "100% O'Neil_x"],
  ['100%', "100% O'Neil_x"],
])('R1.5 %s finds %s', async (query, expected) => {
  expect(await names(query)).toEqual([expected]);
});

test.each(['%', '_', "' OR 1=1 --", '\\', 'nobody', '0000', '%%%'])(
  'R1.5 %s finds nothing it should not',
  async (query) => {
    const found = await names(query);
    expect(found.filter((name) => !name.includes(query))).toEqual([]);
  },
);

test('R1.5 a single hit of the search box opens at once', async () => {
  const response = await agent.get('/search?q=zs');
  expect(response.headers['location']).toMatch(/^\/customers\/[0-9a-f-]{36}$/);
});

test.each([
  '/customers?sort=phone',
  '/customers?sort=',
  '/customers?after=x',
  '/customers?gender=x',
  '/customers?color=red',
  '/customers?createdFrom=2026-02-30',
  '/customers?q=%00',
])('R1.11 %s is 422', async (path) => {
  expect((await agent.get(path)).status).toBe(422);
});

describe('R1.5 a customer whom the viewer may not see', () => {
  let stranger: TestClient;
  beforeAll(async () => {
    const owner = await createUser(product.deps, { role: 'account', name: 'Li Na' });
    stranger = await product.signIn({ role: 'account' });
    await createCustomer(product.deps, {
      name: 'Canary Hidden',
      customerNo: 'CANARY-1',
      phone: '+8613700001111',
      email: 'hidden@example.com',
      ownerId: owner.id,
    });
  });

  test.each(['137 0000 1111', 'Hidden@Example.com'])(
    '%s says whose it is, and nothing else',
    async (typed) => {
      const page = await stranger.page(`/customers?q=${encodeURIComponent(typed)}`);
      expect(page('.empty-state').text()).toContain('A customer of Li Na');
      expect(page.html()).not.toMatch(/Canary|CANARY|\*1111|h\*\*\*/);
    },
  );

  test.each(['1111', 'Canary', 'CANARY-1', '137 0000 1112'])('%s says nothing of it', async (typed) => {
    const page = await stranger.page(`/customers?q=${encodeURIComponent(typed)}`);
    expect(page('.empty-state').text()).not.toContain('Li Na');
  });
});
