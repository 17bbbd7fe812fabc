import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { pdf } from '../attachments/files.js';
import { proposedForm } from '../duplicates/merge-support.js';
import type { TestClient } from '../support/client.js';
import { createBelongings } from '../support/factories/belongings.js';
import { createContactRecord } from '../support/factories/contact-record.js';
import { createCustomer, type TestCustomer } from '../support/factories/customer.js';
import { createDuplicatePair } from '../support/factories/duplicate-pair.js';
import { createFollowUp } from '../support/factories/follow-up.js';
import { createPurchase } from '../support/factories/purchase.js';
import { factoryActor } from '../support/factories/sequence.js';
import { createRecurring } from '../support/factories/recurring-request.js';
import { createDraft } from '../support/factories/request-draft.js';
import { createEntry, createRequest } from '../support/factories/service-request.js';
import { createSurvey } from '../support/factories/survey.js';
import { createTag } from '../support/factories/tag.js';
import { createCustomerTier, createTier } from '../support/factories/tier.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { canary, dumpEverything, fillWithCanaries, openEverything } from './canaries.js';

let folder: string;
let product: TestProduct;
let administrator: TestClient;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'erasure-'));
  product = await startTestProduct({ environment: { DATA_DIR: folder } });
  administrator = await product.signIn();
});
afterAll(async () => {
  await product.close();
  await rm(folder, { recursive: true, force: true });
});

const Id = z.object({ id: z.string() });

/** Somebody with a row of every kind, among them one that was merged into theirs. */
async function createPerson(): Promise<TestCustomer> {
  const { deps } = product;
  const userId = administrator.user.id;
  const person = await createCustomer(deps, { phone: '+8613812340001', email: 'one@example.com' });
  const other = await createCustomer(deps, { phone: '+8613812340002', wechat: 'other_one' });
  for (const { id: customerId } of [person, other]) {
    await createBelongings(deps, { customerId, userId });
    await createPurchase(deps, { customerId, amount: '120.50', item: 'Facial care' });
    for (const summary of ['Kept', 'To be deleted'])
      await createContactRecord(deps, { customerId, staffId: userId, summary });
    for (const action of ['Kept', 'To be cancelled'])
      await createFollowUp(deps, { customerId, ownerId: userId, dueOn: '2026-12-01', action });
    await unitOfWork({ deps, actor: factoryActor }, 'factory.created', async (tx) => {
      const things = await tx.servedThing.findMany({ where: { customerId } });
      for (const { id: thingId, kindId } of things) {
        const going = await tx.servedThing.create({
          data: { id: newId(), customerId, kindId, name: 'Going' },
        });
        for (const id of [thingId, going.id])
          await tx.servedThingService.create({
            data: { id: newId(), thingId: id, servedOn: new Date('2026-01-02'), work: 'Oil' },
          });
      }
    });
    const request = await createRequest(deps, { type: 'complaint', customerId, assigneeId: userId });
    await createEntry(deps, { requestId: request.id, body: 'Kept', authorId: userId });
    await createDraft(deps, { requestId: request.id, userId, body: canary });
    await createRecurring(deps, { customerId, subject: 'Every month', startsOn: '2026-12-01' });
    await createSurvey(deps, { requestId: request.id, customerId });
    const file = { field: 'files', name: 'a.pdf', content: pdf };
    await administrator.upload(`/customers/${customerId}/attachments`, { id: newId() }, file);
  }
  await createTag(deps, { name: 'VIP', customerIds: [person.id] });
  const tierId = await createTier(deps, { name: 'Gold', rank: 1, minimumAmount: '100' });
  const override = { tierId, reason: 'Friend', until: '2099-01-01', userId };
  await createCustomerTier(deps, { customerId: person.id, override });
  await createDuplicatePair(deps, { customerIds: [person.id, (await createCustomer(deps)).id] });
  await merge(person, other);
  return person;
}

async function merge(person: TestCustomer, other: TestCustomer): Promise<void> {
  const { action, fields } = await proposedForm(
    administrator,
    `/customers/${person.id}/merge?with=${other.id}`,
  );
  const response = await administrator.post(action, fields);
  expect(response.status).toBe(303);
}

/** Deletes one of each by its page, and cancels a follow-up, so that only the log knows their words. */
async function deleteSome(personId: string): Promise<void> {
  const Versioned = z.object({ id: z.string(), version: z.number() });
  const oldest = async (table: string) => {
    const [row] = await product.query(
      Versioned,
      `SELECT id, version FROM ${table} WHERE customer_id = $1 ORDER BY id LIMIT 1`,
      [personId],
    );
    return row ?? { id: '', version: 0 };
  };
  for (const [table, path] of [
    ['contact_records', '/contact-records/:id/deletion'],
    ['customer_contacts', '/customer-contacts/:id/deletion'],
    ['served_things', '/served-things/:id/deletion'],
    ['follow_ups', '/follow-ups/:id/cancellation'],
  ] as const) {
    const { id, version } = await oldest(table);
    const fields = table === 'follow_ups' ? { reason: `${canary} reason` } : {};
    const response = await administrator.post(path.replace(':id', id), {
      version: String(version),
      ...fields,
    });
    expect(response.status, path).toBe(303);
  }
  const { id } = await oldest('attachments');
  expect((await administrator.post(`/customers/${personId}/attachments/${id}/deletion`)).status).toBe(303);
}

const filesOnDisk = async (): Promise<string[]> => {
  const found = await readdir(join(folder, 'attachments'), { recursive: true, withFileTypes: true });
  return found.filter((entry) => entry.isFile()).map((entry) => entry.name);
};

const entriesOfLog = () =>
  product.query(
    z.looseObject({ id: z.string() }),
    `SELECT id, at, actor_id, actor_name, action, table_name, record_id, operation, request_id FROM audit_log ORDER BY id`,
  );

const numbers = (personId: string) =>
  product.query(
    z.looseObject({}),
    `SELECT purchase_count, refund_count, total_amount, first_purchase_on, last_purchase_on, visit_count,
            (SELECT count(*) FROM contact_records WHERE customer_id = $1) AS contact_records,
            (SELECT count(*) FROM follow_ups WHERE customer_id = $1) AS follow_ups,
            (SELECT count(*) FROM served_things WHERE customer_id = $1) AS things,
            (SELECT count(*) FROM service_requests WHERE customer_id = $1) AS requests
     FROM customer_purchase_totals WHERE customer_id = $1`,
    [personId],
  );

describe('R1.12 an erased person', () => {
  test('is in no column of any table, in no ciphertext, in no file; numbers and the log’s entries stay', async () => {
    const person = await createPerson();
    await fillWithCanaries(product, person.id);
    await deleteSome(person.id);
    const filled = await fillWithCanaries(product, person.id);
    await administrator.get('/');
    const before = await dumpEverything(product);
    const seeded = JSON.stringify(before) + openEverything(product, before).join('\n');
    for (const column of filled) expect(seeded, column).toContain(`${canary} ${column.replace('.', ' ')}`);
    expect(filled.length).toBeGreaterThan(30);
    expect(await filesOnDisk()).not.toEqual([]);
    const [log, counted] = [await entriesOfLog(), await numbers(person.id)];

    const response = await administrator.post(`/customers/${person.id}/erasure`, {
      customerNo: person.customerNo.toLowerCase(),
      reason: 'person',
    });
    expect(response.headers['location']).toBe('/admin/erasures');
    await administrator.get('/');

    const after = await dumpEverything(product);
    for (const [table, rows] of Object.entries(after)) {
      const telling = rows.filter((row) => JSON.stringify(row).toLowerCase().includes(canary));
      expect(telling, table).toEqual([]);
    }
    expect(openEverything(product, after).filter((text) => text.includes(canary))).toEqual([]);
    expect(JSON.stringify(after)).not.toContain(`"phone_hash":"`);
    expect(await filesOnDisk()).toEqual([]);
    expect(await numbers(person.id)).toEqual(counted);
    const ids = new Set(log.map(({ id }) => id));
    expect((await entriesOfLog()).filter(({ id }) => ids.has(id))).toEqual(log);
    const open = await product.query(
      Id,
      `SELECT id FROM follow_ups WHERE customer_id = $1 AND state = 'open'`,
      [person.id],
    );
    expect(open).toEqual([]);
  });
});
