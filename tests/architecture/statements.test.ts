import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { populate } from '../support/populate.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { isDownload, plainPaths } from './route-paths.js';

const mostStatements = 6;

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
  await populate(product);
});
afterAll(() => product.close());

test(`budget: a page takes at most ${mostStatements} SQL statements, sign-in and permissions included`, async () => {
  const administrator = await product.signIn();
  const statements = vi.spyOn(pg.Client.prototype, 'query');
  const pages = plainPaths.filter((path) => !isDownload(path));
  for (const path of pages) {
    await administrator.get(path);
    statements.mockClear();
    await administrator.get(path);
    const texts = statements.mock.calls.map(([statement]) => textOf(statement));
    expect(texts.length, `GET ${path}:\n${texts.join('\n')}`).toBeLessThanOrEqual(mostStatements);
    expect(texts.length, `GET ${path}: nothing was counted`).toBeGreaterThan(0);
  }
  statements.mockRestore();
});

function textOf(statement: unknown): string {
  if (typeof statement === 'string') return statement;
  return typeof statement === 'object' && statement !== null && 'text' in statement
    ? String(statement.text)
    : '?';
}
