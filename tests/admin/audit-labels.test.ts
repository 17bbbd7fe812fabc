import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { auditExemptTables } from '../../src/core/audit-exempt-tables.js';
import { isMessageKey } from '../../src/core/i18n.js';
import { auditActions } from '../../src/modules/admin/audit-log/audit-actions.js';
import { columnTreatment, isDescribed } from '../../src/modules/admin/audit-log/audit-labels.js';
import { auditTables } from '../../src/modules/admin/audit-log/audit-tables.js';
import { sourceFiles } from '../architecture/sources.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

const Column = z.object({ table_name: z.string(), column_name: z.string() });

let product: TestProduct;
let columns: z.infer<typeof Column>[];
beforeAll(async () => {
  product = await startTestProduct();
  const all = await product.query(
    Column,
    `SELECT table_name::text, column_name::text FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name IN (SELECT tablename FROM pg_tables WHERE schemaname = 'public')`,
  );
  columns = all.filter(({ table_name }) => !Object.hasOwn(auditExemptTables, table_name));
});
afterAll(() => product.close());

describe('R5.3 the audit log has words', () => {
  test('for every audited table', () => {
    const tables = new Set(columns.map(({ table_name }) => table_name));
    expect(Object.keys(auditTables).sort()).toEqual([...tables].sort());
  });

  test('for every column that it shows', () => {
    const nameless = columns.filter(({ column_name }) => !isDescribed(column_name));
    expect(nameless.map(({ table_name, column_name }) => `${table_name}.${column_name}`)).toEqual([]);
    expect(columns.length).toBeGreaterThan(80);
  });

  test('for every action that the product writes', () => {
    const written = sourceFiles('src', '.ts').flatMap(({ text }) =>
      [
        ...text.matchAll(
          /(?:unitOfWork|endSignInsWith)\(\s*[^,]+,(?:\s*[^,']+,)?\s*'([a-z-]+\.[a-z-]+)'|\baction: '([a-z-]+\.[a-z-]+)'/g,
        ),
      ].map(([, change, event]) => change ?? event ?? ''),
    );
    const offered: readonly string[] = auditActions;
    expect([...new Set(written)].filter((action) => !offered.includes(action))).toEqual([]);
    expect(auditActions.filter((action) => !isMessageKey(`auditLog.action.${action}`))).toEqual([]);
    expect(written.length).toBeGreaterThan(30);
  });
});

test('R5.5 no hash and no ciphertext can be shown', () => {
  const sealed = columns
    .map(({ column_name }) => column_name)
    .filter((name) => /_hash$|_encrypted$|password_hash/.test(name));
  expect(new Set(sealed.map(columnTreatment))).toEqual(new Set(['secret', 'hidden']));
  for (const name of [
    'password_hash',
    'phone_hash',
    'phone_last4_hash',
    'reset_token',
    'apiSecret',
    'password',
  ]) {
    expect(columnTreatment(name), name).toBe('hidden');
  }
  expect(columnTreatment('must_change_password')).toBe('shown');
});
