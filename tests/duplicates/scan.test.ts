import fc from 'fast-check';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { jobDefinitions, queueNames } from '../../src/jobs.js';
import { sealContact } from '../../src/modules/customers/contact-details.js';
import { spellName } from '../../src/modules/customers/customer-name.js';
import { duplicateScanQueue, startScan } from '../../src/modules/duplicates/duplicates.service.js';
import { createCustomer } from '../support/factories/customer.js';
import { factoryActor, nextNumber } from '../support/factories/sequence.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { expectedPairs, type ComparedCustomer } from './naive-pairs.js';

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
});
afterAll(() => product.close());
beforeEach(() =>
  unitOfWork({ deps: product.deps, actor: factoryActor }, 'factory.removed', (tx) =>
    tx.customer.deleteMany(),
  ),
);

const optional = <Value>(...values: Value[]) => fc.option(fc.constantFrom(...values), { freq: 3 });

/** Few values for each field, so that many customers share some. */
const anyCustomer: fc.Arbitrary<Omit<ComparedCustomer, 'id'>> = fc.record({
  name: fc.constantFrom('张三', '张 三', 'Anna Berg', 'anna-berg', 'ANNA BERG', '李四', '王五', '赵六', '·'),
  phone: optional('+8613800000001', '+8613800000002', '+8613800000003'),
  email: optional('a@example.com', 'b@example.com'),
  wechat: optional('wx_one88', 'WX_ONE88', 'wx_two88'),
  birthDate: optional('1990-02-28', '1990-03-01'),
  birthCalendar: fc.constantFrom('solar', 'lunar'),
  gender: optional('female', 'male'),
  city: optional('上海市', '北京市', 'London', 'london'),
  isDeleted: fc.integer({ min: 0, max: 9 }).map((number) => number === 0),
});

async function store(made: readonly Omit<ComparedCustomer, 'id'>[]): Promise<ComparedCustomer[]> {
  const { deps } = product;
  const customers = made.map((fields) => ({ ...fields, id: newId() }));
  const rows = customers.map(
    ({ id, phone, email, wechat, birthDate, isDeleted, name, birthCalendar, gender, city }) => ({
      ...{ id, name, birthCalendar, gender, city },
      customerNo: `D${nextNumber()}`,
      namePinyin: spellName(name).pinyin,
      nameInitials: spellName(name).initials,
      birthDate: birthDate === null ? null : new Date(`${birthDate}T00:00:00Z`),
      deletedAt: isDeleted ? new Date() : null,
      ...sealContact(deps.cipher, id, { phone, email, wechat, address: null }),
    }),
  );
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', async (tx) => {
    await tx.customer.deleteMany();
    await tx.customer.createMany({ data: rows });
  });
  return customers;
}

async function scan(): Promise<void> {
  await startScan({ deps: product.deps, actor: factoryActor });
  await product.runTasks();
}

const PairRow = z.object({
  first_id: z.string(),
  second_id: z.string(),
  reasons: z.record(z.string(), z.number()),
  score: z.number(),
  state: z.string(),
});

const pairs = () =>
  product.query(
    PairRow,
    'SELECT first_id, second_id, reasons, score, state FROM duplicate_pairs ORDER BY first_id, second_id',
  );
const wholePairs = () => product.query(z.looseObject({}), 'SELECT * FROM duplicate_pairs ORDER BY id');

const byIds = <Pair extends { first_id: string; second_id: string }>(list: readonly Pair[]): Pair[] =>
  [...list].sort((left, right) =>
    left.first_id + left.second_id < right.first_id + right.second_id ? -1 : 1,
  );

describe('R1.10 the scan over existing data', () => {
  test('finds what comparing everybody with everybody finds, and a second one changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyCustomer, { minLength: 2, maxLength: 70, size: 'max' }), async (made) => {
        const customers = await store(made);
        await scan();
        expect(byIds(await pairs())).toEqual(byIds(expectedPairs(customers)));
        const before = await wholePairs();
        await scan();
        expect(await wholePairs()).toEqual(before);
      }),
      { numRuns: 12, endOnFailure: true },
    );
  }, 120_000);

  test('brings the pairs up to date when customers change', async () => {
    const people = await store([person({ phone: '+8613800000001' }), person({ phone: '+8613800000001' })]);
    await scan();
    const changed = people.map((customer, index) => ({
      ...customer,
      phone: `+86138000000${10 + index}`,
      email: 'a@example.com',
    }));
    await unitOfWork({ deps: product.deps, actor: factoryActor }, 'factory.changed', async (tx) => {
      for (const { id, phone, email } of changed) {
        const columns = sealContact(product.deps.cipher, id, { phone, email, wechat: null, address: null });
        await tx.customer.update({ where: { id }, data: columns });
      }
    });
    await scan();
    expect(await pairs()).toMatchObject([{ reasons: { email: 2 }, state: 'open' }]);
    await store([]);
    await scan();
    expect(await pairs()).toEqual([]);
  });

  test('lists each two of 20 customers who share a phone, and 21 once, with their number', async () => {
    const sharing = (count: number) =>
      Array.from({ length: count }, (_, index) => person({ name: `人${index}`, phone: '+8613800000001' }));
    await store(sharing(20));
    await scan();
    expect(await pairs()).toHaveLength(190);
    await store(sharing(21));
    await scan();
    expect(await pairs()).toMatchObject([{ reasons: { phone: 21 }, score: 10 }]);
  });

  test('leaves a dismissed pair dismissed', async () => {
    await store([person({ phone: '+8613800000001' }), person({ phone: '+8613800000001' })]);
    await scan();
    await unitOfWork({ deps: product.deps, actor: factoryActor }, 'factory.changed', (tx) =>
      tx.duplicatePair.updateMany({ data: { state: 'dismissed' } }),
    );
    const before = await wholePairs();
    await scan();
    expect(await wholePairs()).toEqual(before);
  });
});

describe('R1.10 starting the scan', () => {
  test('by the page: one at a time, with progress, in the name of whoever started it', async () => {
    const manager = await product.signIn({ role: 'manager' });
    await createCustomer(product.deps, { name: 'Scan One', phone: '+8613811110000' });
    await createCustomer(product.deps, { name: 'Scan Two', phone: '+8613811110000' });
    expect((await manager.page('/duplicates'))('form[action="/duplicates/scan"]').length).toBe(1);
    await Promise.all([1, 2, 3].map(() => manager.post('/duplicates/scan')));
    const tasks = () =>
      product.query(
        z.object({ state: z.string(), created_by_id: z.string().nullable() }),
        `SELECT state, created_by_id FROM background_tasks WHERE kind = 'duplicates.scan' AND created_by_id = $1`,
        [manager.user.id],
      );
    expect(await tasks()).toEqual([{ state: 'queued', created_by_id: manager.user.id }]);
    const waiting = await manager.page('/duplicates');
    expect(waiting('[hx-get="/duplicates/scan"]').length).toBe(1);
    expect(waiting('form[action="/duplicates/scan"]').length).toBe(0);
    expect((await manager.get('/duplicates/scan')).text).toContain('Step 0 of 6');
    await product.runTasks();
    expect((await manager.get('/duplicates/scan')).text).toContain('Step 6 of 6');
    const done = await manager.page('/duplicates?q=Scan');
    expect(done('#list tbody tr').length).toBe(1);
    expect(done('main').text()).toContain('Last searched');
  });

  test('by the clock: every night, in nobody’s name', async () => {
    const nightly = jobDefinitions(product.deps).find(({ name }) => name === duplicateScanQueue);
    expect(nightly?.schedule).toBe('30 3 * * *');
    expect(queueNames).toContain(duplicateScanQueue);
    await nightly?.run({});
    const tasks = await product.query(
      z.object({ state: z.string(), created_by_id: z.string().nullable() }),
      `SELECT state, created_by_id FROM background_tasks WHERE kind = 'duplicates.scan' AND state = 'queued'`,
    );
    expect(tasks).toEqual([{ state: 'queued', created_by_id: null }]);
    await product.runTasks();
  });

  test('goes on with the step at which a worker died', async () => {
    await startScan({ deps: product.deps, actor: factoryActor });
    await store([person({ phone: '+8613800000001' }), person({ phone: '+8613800000001' })]);
    await product.query(
      z.object({}),
      `UPDATE background_tasks SET state = 'running', lease_until = now() - interval '1 minute', progress_done = 2
       WHERE kind = 'duplicates.scan' AND state = 'queued'`,
    );
    await product.runTasks();
    expect((await pairs()).flatMap(({ reasons }) => Object.keys(reasons))).not.toContain('phone');
  });

  test('is refused without the permission', async () => {
    const agent = await product.signIn({ role: 'agent' });
    expect((await agent.post('/duplicates/scan')).status).toBe(403);
    expect((await agent.get('/duplicates/scan')).status).toBe(403);
  });
});

function person(fields: Partial<ComparedCustomer>): Omit<ComparedCustomer, 'id'> {
  const nothing = { phone: null, email: null, wechat: null, birthDate: null, gender: null, city: null };
  return { name: '张三', birthCalendar: 'solar', isDeleted: false, ...nothing, ...fields };
}
