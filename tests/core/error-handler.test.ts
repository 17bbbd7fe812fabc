import { load } from 'cheerio';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { startTestProduct, type TestProduct } from '../support/product.js';

const poolSize = 3;

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct({ environment: { DATABASE_POOL_SIZE: String(poolSize) } });
});
afterAll(() => product.close());

const textOf = (html: string): string => load(html)('body').text().replace(/\s+/g, ' ');

describe('R5.6 an error that nobody expected', () => {
  test('is a page with a reference and nothing of the inside', async () => {
    const client = await product.signIn();
    await product.query(z.unknown(), 'ALTER TABLE customers RENAME TO customers_elsewhere');
    try {
      const response = await client.get('/customers');
      expect(response.status).toBe(500);
      expect(textOf(response.text)).toContain('Something went wrong on our side');
      expect(textOf(response.text)).toContain(String(response.headers['x-request-id']));
      for (const inside of [
        'customers_elsewhere',
        'relation',
        'does not exist',
        '42P01',
        'node_modules',
        '.ts:',
        '.js:',
        'SELECT',
        'Error:',
      ]) {
        expect(textOf(response.text), inside).not.toContain(inside);
      }
    } finally {
      await product.query(z.unknown(), 'ALTER TABLE customers_elsewhere RENAME TO customers');
    }
    expect((await client.get('/customers')).status).toBe(200);
  });

  test('every answer carries an id of its own, never one that the caller made up', async () => {
    const client = product.anonymous();
    const ids = [];
    for (let time = 0; time < 3; time += 1)
      ids.push((await client.get('/login', { 'X-Request-Id': 'forged' })).headers['x-request-id']);
    expect(new Set(ids).size).toBe(3);
    expect(ids).not.toContain('forged');
  });
});

describe('R5.6 what cannot be used', () => {
  test.each([
    ['/customers/not-an-id', 404],
    ['/no/such/page', 404],
    ['/%00', 404],
    ['/customers?sort=%00', 422],
    ['/customers?q=a&q=b', 422],
    ['/customers?after[]=x', 422],
    ['/customers?__proto__=x', 422],
  ])('GET %s is answered with a page, %i', async (path, status) => {
    const client = await product.signIn();
    const response = await client.get(path);
    expect(response.status).toBe(status);
    expect(response.type).toBe('text/html');
  });

  test('an address that is no text is answered, not fatal', async () => {
    const response = await product.anonymous().get('/%E0%A4%A');
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
  });
});

test('R6.2 with every connection taken, pages say so in time, the sign-in page still comes, and all is well afterwards', async () => {
  const client = await product.signIn();
  const { pool, preparedPool } = product.deps.database;
  const held = await Promise.all(
    [pool, preparedPool].flatMap((each) => Array.from({ length: each.options.max }, () => each.connect())),
  );
  const [response, signIn] = await Promise.all([client.get('/customers'), product.anonymous().get('/login')]);
  expect([response.status, response.headers['retry-after']]).toEqual([503, '5']);
  expect(textOf(response.text)).toContain('Not available at the moment');
  expect(signIn.status).toBe(200);
  for (const connection of held) connection.release();
  expect((await client.get('/customers')).status).toBe(200);
});
