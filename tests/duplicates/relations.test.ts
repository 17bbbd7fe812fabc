import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { auditExemptTables } from '../../src/core/audit-exempt-tables.js';
import { isMessageKey } from '../../src/core/i18n.js';
import { Prisma } from '../../src/generated/prisma/client.js';
import { keptColumns, mergedColumns } from '../../src/modules/duplicates/merge-fields.js';
import { readRelations, relationRules } from '../../src/modules/duplicates/related-tables.js';
import { createCustomer } from '../support/factories/customer.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
});
afterAll(() => product.close());

describe('R1.10 a merge reaches everything', () => {
  test('every foreign key to customers has a rule, and every rule a foreign key', async () => {
    const keys = await product.query(
      z.object({ name: z.string(), columns: z.number() }),
      `SELECT conrelid::regclass || '.' || attname AS name, cardinality(conkey) AS columns
       FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
       WHERE contype = 'f' AND confrelid = 'customers'::regclass AND conparentid = 0 ORDER BY 1`,
    );
    expect(Object.keys(relationRules).sort()).toEqual(keys.map(({ name }) => name).sort());
    expect(keys.filter(({ columns }) => columns > 1)).toEqual([]);
    const relations = await readRelations(product.deps.database.client);
    expect(relations.map(({ table, column }) => `${table}.${column}`).sort()).toEqual(
      keys.map(({ name }) => name).sort(),
    );
  });

  test('rows move only in audited tables, because undo goes by their images', () => {
    const moving = Object.entries(relationRules).filter(([, rule]) => rule === 'moves');
    const unaudited = moving.filter(([name]) => Object.hasOwn(auditExemptTables, name.split('.')[0] ?? ''));
    expect(unaudited).toEqual([]);
    const nameless = moving.filter(
      ([name]) => !isMessageKey(`duplicates.related.${name.split('.')[0] ?? ''}`),
    );
    expect(nameless, 'the comparison says how many of them move').toEqual([]);
    expect(moving.length).toBeGreaterThan(3);
  });

  test('no moving column belongs to a unique key over an expression or a part of the rows', async () => {
    const odd = await product.query(
      z.object({ name: z.string() }),
      `SELECT indexrelid::regclass::text AS name
       FROM pg_constraint JOIN pg_index ON indrelid = conrelid AND conkey[1] = ANY (indkey)
       WHERE contype = 'f' AND confrelid = 'customers'::regclass AND indisunique
         AND (indpred IS NOT NULL OR indexprs IS NOT NULL)`,
    );
    expect(odd).toEqual([]);
  });

  test('every column of a customer can be chosen or is that of the record that stays', async () => {
    const { id } = await createCustomer(product.deps);
    const customer = await product.deps.database.models.customer.findUniqueOrThrow({ where: { id } });
    const chosen = Object.keys(mergedColumns(product.deps.cipher, customer, customer, {}));
    expect([...chosen, ...keptColumns].sort()).toEqual(Object.keys(Prisma.CustomerScalarFieldEnum).sort());
  });
});
