import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { movingRelations, readRelations } from '../../src/modules/duplicates/related-tables.js';
import type { TestClient } from '../support/client.js';
import { createBelongings } from '../support/factories/belongings.js';
import { createContactRecord } from '../support/factories/contact-record.js';
import { createCustomer, type TestCustomer } from '../support/factories/customer.js';
import { createDuplicatePair } from '../support/factories/duplicate-pair.js';
import { createFollowUp } from '../support/factories/follow-up.js';
import { createPersonalLink } from '../support/factories/personal-link.js';
import { createPurchase } from '../support/factories/purchase.js';
import { factoryActor } from '../support/factories/sequence.js';
import { createRequest, typeIdOf } from '../support/factories/service-request.js';
import { createSurvey } from '../support/factories/survey.js';
import { createTag } from '../support/factories/tag.js';
import { createTeam } from '../support/factories/team.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { dumpRelated, lastUndo, proposedForm } from './merge-support.js';

let product: TestProduct;
let manager: TestClient;
let first: TestCustomer;
let second: TestCustomer;

beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager' });
  await createLaterTables();
});
afterAll(() => product.close());

beforeEach(async () => {
  const { deps } = product;
  const teamId = await createTeam(deps);
  const contact = (digit: number) => ({
    phone: `+861380000000${digit}`,
    email: `person${digit}@example.com`,
    wechat: `wx_person${digit}`,
    address: `南京路 ${digit} 号`,
  });
  first = await createCustomer(deps, { name: '张三', city: '上海市', remark: 'Likes tea', ...contact(1) });
  second = await createCustomer(deps, {
    ...contact(2),
    ...{ name: '章三', city: '北京市', gender: 'female', birthDate: '1990-02-28', remark: 'Window seat' },
    ...{ habits: 'Sundays', customValues: { pet: 'Rex' } },
    ...{ source: 'Walk-in', ownerId: manager.user.id, teamId },
  });
  await fillAllTables();
});

describe('R1.10 undoing a merge', () => {
  test('leaves every table that refers to customers exactly as it was, whichever record stayed', async () => {
    for (const survivor of ['first', 'second'] as const) {
      const before = await dumpRelated(product);
      await merge(survivor);
      const merged = await dumpRelated(product);
      for (const { table } of movingRelations(await readRelations(product.deps.database.client))) {
        expect(merged[table], `nothing moved in ${table}: the test must fill it`).not.toEqual(before[table]);
      }
      // Of the tags that both have one is left, of the profiles that of the survivor.
      const owner = survivor === 'first' ? first.id : second.id;
      expect(merged['customer_tags']?.filter((row) => row['customer_id'] === owner)).toHaveLength(3);
      expect(merged['later_tags']?.filter((row) => row['customer_id'] === owner)).toHaveLength(3);
      expect(merged['later_profiles']?.filter((row) => row['customer_id'] === owner)).toHaveLength(1);
      const undone = await manager.post(await lastUndo(manager));
      expect(undone.headers['location']).toBe('/recent-actions');
      expect(await dumpRelated(product)).toEqual(before);
    }
  });

  test('leaves what came to the survivor afterwards, and what was changed, and says so', async () => {
    await merge('first');
    const newPurchase = await createPurchase(product.deps, { customerId: first.id, amount: '5.00' });
    const [moved] = await purchasesOf(first.id, "item = 'Of the second'");
    await unitOfWork({ deps: product.deps, actor: factoryActor }, 'factory.changed', (tx) =>
      tx.purchase.update({ where: { id: moved?.id ?? '' }, data: { remark: 'changed since' } }),
    );
    await manager.post(await lastUndo(manager));
    expect((await manager.page('/recent-actions'))('body').text()).toContain(
      'one was changed or erased since',
    );
    const stayed = (await purchasesOf(first.id)).map(({ id }) => id);
    expect(stayed).toContain(newPurchase);
    expect(stayed).toContain(moved?.id);
    expect(await purchasesOf(second.id)).toHaveLength(1);
    expect((await manager.get(`/customers/${second.id}`)).status).toBe(200);
  });

  test('of a merge that a later one carried on is refused as a whole, until that one is undone', async () => {
    const third = await createCustomer(product.deps, { name: 'Third' });
    const start = await dumpRelated(product);
    await merge('first');
    const earlier = await lastUndo(manager);
    const between = await dumpRelated(product);
    const { action, fields } = await proposedForm(manager, `/customers/${first.id}/merge?with=${third.id}`);
    expect((await manager.post(action, { ...fields, survivor: 'second' })).status).toBe(303);
    expect((await manager.get(`/customers/${second.id}`)).headers['location']).toBe(`/customers/${third.id}`);
    const later = await lastUndo(manager);

    const refused = await manager.post(earlier);
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('Undo the later change first');
    expect((await manager.post(later)).status).toBe(303);
    expect(await dumpRelated(product)).toEqual(between);
    expect((await manager.post(earlier)).status).toBe(303);
    expect(await dumpRelated(product)).toEqual(start);
  });

  test('leaves a row whose own references are gone, instead of failing', async () => {
    const branchId = newId();
    const context = { deps: product.deps, actor: factoryActor };
    await unitOfWork(context, 'factory.created', async (tx) => {
      await tx.branch.create({ data: { id: branchId, name: 'Short-lived' } });
      await tx.customer.update({ where: { id: first.id }, data: { branchId } });
      await tx.customer.update({ where: { id: second.id }, data: { branchId: null } });
    });
    const { action, fields } = await proposedForm(manager, `/customers/${first.id}/merge?with=${second.id}`);
    await manager.post(action, { ...fields, survivor: 'first', branch: 'second' });
    await unitOfWork(context, 'factory.removed', (tx) => tx.branch.delete({ where: { id: branchId } }));
    expect((await manager.post(await lastUndo(manager))).status).toBe(303);
    expect((await manager.page('/recent-actions'))('body').text()).toContain(
      'one was changed or erased since',
    );
    expect(await purchasesOf(second.id)).toHaveLength(2);
  });

  test('is not for others, and not possible from the recycle bin', async () => {
    await merge('first');
    const undo = await lastUndo(manager);
    const other = await product.signIn({ role: 'manager' });
    expect((await other.post(undo)).status).toBe(404);
    const restoration = await manager.post(`/recycle-bin/${second.id}/restoration`);
    expect(restoration.status).toBe(409);
    expect(restoration.text).toContain('merged into another one');
  });
});

async function merge(survivor: 'first' | 'second'): Promise<void> {
  const { action, fields } = await proposedForm(manager, `/customers/${first.id}/merge?with=${second.id}`);
  const response = await manager.post(action, { ...fields, survivor });
  expect(response.status).toBe(303);
}

const purchasesOf = (customerId: string, condition = 'TRUE') =>
  product.query(
    z.object({ id: z.string() }),
    `SELECT id FROM purchases WHERE customer_id = $1 AND ${condition}`,
    [customerId],
  );

/** Rows of both customers in every table, the hard ones too: chains, earlier merges, rows that collide on a key. */
async function fillAllTables(): Promise<void> {
  const { deps } = product;
  for (const [customer, item] of [
    [first, 'Of the first'],
    [second, 'Of the second'],
  ] as const) {
    await createPurchase(deps, { customerId: customer.id, item, amount: '120.00' });
    await createPurchase(deps, { customerId: customer.id, item: 'Refunded', amount: '-20.00' });
    await createContactRecord(deps, { customerId: customer.id, staffId: manager.user.id });
    await createBelongings(deps, { customerId: customer.id, userId: manager.user.id });
    const owner = { customerId: customer.id, ownerId: manager.user.id };
    const previousId = await createFollowUp(deps, { ...owner, dueOn: '2026-12-01' });
    await createFollowUp(deps, { ...owner, dueOn: '2026-12-08', previousId });
    await createRequestWithAll(customer.id);
    const merged = await createCustomer(deps, { name: 'Merged before' });
    await unitOfWork({ deps, actor: factoryActor }, 'factory.changed', async (tx) => {
      await tx.customer.update({
        where: { id: merged.id },
        data: { deletedAt: new Date(), mergedIntoId: customer.id },
      });
      await tx.$executeRaw`INSERT INTO later_tags (id, customer_id, tag) VALUES
        (gen_random_uuid(), ${customer.id}::uuid, 'common'), (gen_random_uuid(), ${customer.id}::uuid, ${item})`;
      await tx.$executeRaw`INSERT INTO later_profiles (id, customer_id) VALUES (gen_random_uuid(), ${customer.id}::uuid)`;
    });
  }
  await createTag(deps, { customerIds: [first.id, second.id] });
  for (const { id } of [first, second]) await createTag(deps, { customerIds: [id] });
  await createDuplicatePair(deps, { customerIds: [first.id, second.id] });
}

/** A complaint of a customer with a survey and a link, and one that comes again every month. */
async function createRequestWithAll(customerId: string): Promise<void> {
  const { deps } = product;
  const { id: requestId } = await createRequest(deps, { type: 'complaint', customerId });
  await createSurvey(deps, { requestId, customerId, answer: { service: 3 } });
  await createPersonalLink(deps, { customerId, requestId });
  const typeId = await typeIdOf(deps, 'repair');
  const startsOn = new Date('2026-12-01');
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', (tx) =>
    tx.recurringRequest.create({
      data: { id: newId(), customerId, typeId, subject: 'Filter', unit: 'month', every: 1, startsOn },
      select: { id: true },
    }),
  );
}

/** Tables that a later version might bring, with unique keys; a merge knows them from the catalogue alone. */
async function createLaterTables(): Promise<void> {
  await product.query(
    z.looseObject({}),
    `CREATE TABLE later_tags (id uuid PRIMARY KEY, customer_id uuid NOT NULL REFERENCES customers ON DELETE CASCADE,
       tag text NOT NULL, UNIQUE (customer_id, tag))`,
  );
  await product.query(
    z.looseObject({}),
    'CREATE TABLE later_profiles (id uuid PRIMARY KEY, customer_id uuid NOT NULL UNIQUE REFERENCES customers)',
  );
  for (const table of ['later_tags', 'later_profiles']) {
    await product.query(z.looseObject({}), `SELECT audit_table('${table}')`);
    await product.query(z.looseObject({}), `GRANT SELECT, INSERT, UPDATE, DELETE ON ${table} TO crm_app`);
  }
}
