import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { auditExemptTables } from '../../src/core/audit-exempt-tables.js';
import { isMessageKey } from '../../src/core/i18n.js';
import { movingOfRequests, requestRelationRules } from '../../src/modules/request-links/moving-rows.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
});
afterAll(() => product.close());

describe('R2.5 a merge of requests reaches everything', () => {
  test('every foreign key to requests has a rule, and every rule a foreign key', async () => {
    const keys = await product.query(
      z.object({ name: z.string(), columns: z.number() }),
      `SELECT conrelid::regclass || '.' || attname AS name, cardinality(conkey) AS columns
       FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
       WHERE contype = 'f' AND confrelid = 'service_requests'::regclass AND conparentid = 0`,
    );
    expect(Object.keys(requestRelationRules).sort()).toEqual(keys.map(({ name }) => name).sort());
    expect(keys.filter(({ columns }) => columns > 1)).toEqual([]);
  });

  test('rows move only in audited tables, because undo goes by their images, and the comparison names them', async () => {
    const moving = await movingOfRequests(product.deps.database.client);
    expect(moving.length).toBe(6);
    expect(moving.filter(({ table }) => Object.hasOwn(auditExemptTables, table))).toEqual([]);
    expect(moving.filter(({ table }) => !isMessageKey(`requestMerge.moving.${table}`))).toEqual([]);
  });

  test('no moving column belongs to a unique key over an expression or a part of the rows', async () => {
    const odd = await product.query(
      z.object({ key: z.string(), name: z.string() }),
      `SELECT indexrelid::regclass::text AS key, conrelid::regclass || '.' || attname AS name
       FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
       JOIN pg_index ON indrelid = conrelid AND conkey[1] = ANY (indkey)
       WHERE contype = 'f' AND confrelid = 'service_requests'::regclass AND indisunique
         AND (indpred IS NOT NULL OR indexprs IS NOT NULL)`,
    );
    expect(odd.filter(({ name }) => requestRelationRules[name] === 'moves')).toEqual([]);
  });
});
