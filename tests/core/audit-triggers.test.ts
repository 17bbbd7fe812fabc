import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { createCustomer } from '../support/factories/customer.js';
import { createPurchase } from '../support/factories/purchase.js';
import { factoryActor } from '../support/factories/sequence.js';
import { createTeam } from '../support/factories/team.js';
import { createUser } from '../support/factories/user.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
});
afterAll(() => product.close());

const Image = z.looseObject({ id: z.string() }).nullable();
const Line = z.object({
  table_name: z.string(),
  record_id: z.string(),
  operation: z.string(),
  actor_name: z.string(),
  before: Image,
  after: Image,
});

/** The lines that one action wrote, in their order. */
const linesOf = (action: string) =>
  product.query(
    Line,
    'SELECT table_name, record_id, operation, actor_name, before, after FROM audit_log WHERE action = $1 ORDER BY id',
    [action],
  );

const work = () => ({ deps: product.deps, actor: factoryActor });

describe('R5.3 each changed row is one line of the log', () => {
  test('an insert with the row after, an update with both, a delete with the row before', async () => {
    const id = newId();
    await unitOfWork(work(), 'test.one-row', async (tx) => {
      await tx.branch.create({ data: { id, name: 'First' } });
      await tx.branch.update({ where: { id }, data: { name: 'Second' } });
      await tx.branch.delete({ where: { id } });
    });
    const lines = await linesOf('test.one-row');
    expect(lines.map(({ operation }) => operation)).toEqual(['insert', 'update', 'delete']);
    expect(lines.map(({ before }) => before?.['name'])).toEqual([undefined, 'First', 'Second']);
    expect(lines.map(({ after }) => after?.['name'])).toEqual(['First', 'Second', undefined]);
    expect(lines.every((line) => line.record_id === id && line.table_name === 'branches')).toBe(true);
  });

  test('statements over many rows, written in SQL, too', async () => {
    const ids = [newId(), newId(), newId()];
    await unitOfWork(work(), 'test.many-rows', async (tx) => {
      await tx.branch.createMany({ data: ids.map((id, index) => ({ id, name: `Many ${index}` })) });
      await tx.$executeRaw`UPDATE branches SET name = name || '!' WHERE id = ANY(${ids}::uuid[])`;
      await tx.$executeRaw`DELETE FROM branches WHERE id = ANY(${ids}::uuid[])`;
    });
    const lines = await linesOf('test.many-rows');
    for (const operation of ['insert', 'update', 'delete']) {
      const touched = lines.filter((line) => line.operation === operation).map(({ record_id }) => record_id);
      expect(touched.sort(), operation).toEqual([...ids].sort());
    }
    const pairs = lines.filter(({ operation }) => operation === 'update');
    expect(pairs.every(({ before, after }) => before?.id === after?.id)).toBe(true);
  });

  test('an upsert is an insert the first time and an update the second', async () => {
    const upsert = (value: number) =>
      unitOfWork(
        work(),
        'test.upsert',
        (tx) =>
          tx.$executeRaw`INSERT INTO settings (id, key, value) VALUES (${newId()}::uuid, 'test.upsert', to_jsonb(${value}::integer))
                       ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
      );
    await upsert(1);
    await upsert(2);
    const lines = await linesOf('test.upsert');
    expect(lines.map(({ operation, after }) => [operation, after?.['value']])).toEqual([
      ['insert', 1],
      ['update', 2],
    ]);
  });

  test('rows that go with another one are logged under the same name', async () => {
    const teamId = await createTeam(product.deps);
    const user = await createUser(product.deps, { teamIds: [teamId] });
    await unitOfWork(work(), 'test.cascade', (tx) => tx.user.delete({ where: { id: user.id } }));
    const lines = await linesOf('test.cascade');
    expect(lines.map(({ table_name }) => table_name).sort()).toEqual(['team_members', 'user_roles', 'users']);
    expect(
      lines.every(({ operation, actor_name }) => operation === 'delete' && actor_name === 'factory'),
    ).toBe(true);
  });

  test('a statement that changes no row writes no line', async () => {
    await unitOfWork(work(), 'test.nothing', (tx) =>
      tx.branch.deleteMany({ where: { name: 'no such branch' } }),
    );
    expect(await linesOf('test.nothing')).toEqual([]);
  });
});

describe('R5.3 versions', () => {
  test('every update counts the version up by one, whatever is written to it', async () => {
    const id = newId();
    const version = async () =>
      (await product.deps.database.models.branch.findUniqueOrThrow({ where: { id } })).version;
    await unitOfWork(work(), 'test.version', (tx) => tx.branch.create({ data: { id, name: 'Counted' } }));
    expect(await version()).toBe(1);
    await unitOfWork(work(), 'test.version', (tx) =>
      tx.branch.update({ where: { id }, data: { version: 77 } }),
    );
    expect(await version()).toBe(2);
    await unitOfWork(
      work(),
      'test.version',
      (tx) => tx.branch.update({ where: { id }, data: { version: 77 } }),
      { restoring: true },
    );
    expect(await version()).toBe(77);
  });

  test('the id of a row never changes', async () => {
    const id = newId();
    await unitOfWork(work(), 'test.id', (tx) => tx.branch.create({ data: { id, name: 'Fixed' } }));
    const attempt = unitOfWork(work(), 'test.id', (tx) =>
      tx.branch.update({ where: { id }, data: { id: newId() } }),
    );
    await expect(attempt).rejects.toThrow('the id of a row never changes');
  });
});

test('R1.7 totals of purchases follow every change of them', async () => {
  const { id: customerId } = await createCustomer(product.deps);
  const Totals = z.object({
    purchase_count: z.number(),
    refund_count: z.number(),
    total_amount: z.string(),
    last: z.string(),
  });
  const totals = () =>
    product.query(
      Totals,
      `SELECT purchase_count, refund_count, total_amount::text, last_purchase_on::text AS last
       FROM customer_purchase_totals WHERE customer_id = $1`,
      [customerId],
    );
  const first = await createPurchase(product.deps, {
    customerId,
    amount: '100.00',
    purchasedOn: '2026-01-01',
  });
  await createPurchase(product.deps, { customerId, amount: '50.25', purchasedOn: '2026-03-01' });
  await createPurchase(product.deps, { customerId, amount: '-20.00', purchasedOn: '2026-04-01' });
  expect(await totals()).toEqual([
    { purchase_count: 2, refund_count: 1, total_amount: '130.25', last: '2026-03-01' },
  ]);
  await unitOfWork(work(), 'test.totals', (tx) =>
    tx.purchase.update({ where: { id: first }, data: { amount: '1.00' } }),
  );
  expect((await totals())[0]?.total_amount).toBe('31.25');
  await unitOfWork(work(), 'test.totals', (tx) => tx.purchase.delete({ where: { id: first } }));
  expect(await totals()).toEqual([
    { purchase_count: 1, refund_count: 1, total_amount: '30.25', last: '2026-03-01' },
  ]);
});
