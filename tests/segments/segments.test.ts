import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { jobDefinitions, queueNames } from '../../src/jobs.js';
import { expireSegments } from '../../src/modules/segments/segment-expiry.service.js';
import { segmentRefreshQueue } from '../../src/modules/segments/segments.service.js';
import { createCustomer } from '../support/factories/customer.js';
import { createPurchase } from '../support/factories/purchase.js';
import { createSegment } from '../support/factories/segment.js';
import type { TestClient } from '../support/client.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { inSuzhou, makeSegment, membersOf, removeEverything, segmentForm } from './segment-steps.js';

const today = '2026-03-31';

let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  product.setNow(new Date(`${today}T12:00:00Z`));
  manager = await product.signIn({ role: 'manager' });
});
afterAll(() => product.close());
beforeEach(() => removeEverything(product));

const auditOf = (segmentId: string) =>
  product.query(
    z.object({ action: z.string(), operation: z.string(), after: z.unknown() }),
    `SELECT action, operation, after FROM audit_log
     WHERE table_name = 'segments' AND record_id = $1 AND action NOT LIKE 'factory.%' ORDER BY id`,
    [segmentId],
  );

const versionOf = async (segmentId: string): Promise<string> => {
  const rows = await product.query(
    z.object({ version: z.number() }),
    'SELECT version FROM segments WHERE id = $1',
    [segmentId],
  );
  return String(rows[0]?.version);
};

describe('R1.13 making a segment', () => {
  test('finds its customers in the background and writes one event with what was added', async () => {
    await createCustomer(product.deps, { name: 'Anna', city: 'Suzhou' });
    await createCustomer(product.deps, { name: 'Ben', city: 'Shanghai' });
    const id = await makeSegment(product, manager, inSuzhou);
    expect(await membersOf(product, id)).toEqual(['Anna']);
    expect(await auditOf(id)).toEqual([
      expect.objectContaining({ action: 'segments.created', operation: 'insert' }),
      expect.objectContaining({
        action: 'segments.refreshed',
        operation: 'event',
        after: { members: 1, added: 1, removed: 0 },
      }),
    ]);
    const page = await manager.page(`/segments/${id}`);
    expect(page('main').text()).toContain('City: contains “suzhou”');
    expect(page('[aria-labelledby="members"]').text()).toContain('Anna');
  });

  test('sent twice, creates once', async () => {
    const id = newId();
    const sent = segmentForm({ id, name: 'Twice', kind: 'dynamic' }, inSuzhou);
    await manager.post('/segments', sent);
    expect((await manager.post('/segments', sent)).headers['location']).toBe(`/segments/${id}`);
    expect((await auditOf(id)).filter(({ action }) => action === 'segments.created')).toHaveLength(1);
  });

  test.each([
    ['no rule', segmentForm({}, []), 'Add a rule, or remove this group.'],
    ['no field', segmentForm({}, [['', '']]), 'This is required'],
    ['an empty value', segmentForm({}, [['city', 'contains', ' ']]), 'This is required'],
    ['no number', segmentForm({}, [['age', 'atLeast', 'old']]), 'number'],
    ['days out of range', segmentForm({}, [['lastPurchaseOn', 'moreThanDaysAgo', '4000']]), '3650'],
    ['nothing chosen', segmentForm({}, [['gender', 'isOneOf']]), 'Choose at least one.'],
    [
      'a choice that is not offered',
      segmentForm({}, [['gender', 'isOneOf', 'robot']]),
      'Choose at least one.',
    ],
    ['an amount of zero', segmentForm({}, [['amountWithin', 'amountAtLeast', '30', '0']]), 'above zero'],
    ['an unknown match', segmentForm({}, inSuzhou, 'some'), 'rule-0-match'],
    ['no such operator', segmentForm({}, [['gender', 'atLeast', '1']]), 'choices'],
  ])('is refused with %s, and keeps what was typed', async (_what, fields, sentence) => {
    const sent = { ...fields, id: newId(), kind: 'static', name: 'Kept name' };
    const response = await manager.post('/segments', sent);
    expect(response.status).toBe(422);
    expect(response.text).toContain(sentence);
    expect(response.text).toContain('value="Kept name"');
  });

  test('is refused when the name is taken, whatever its case', async () => {
    await createSegment(product.deps, { createdById: manager.user.id, name: 'VIP' });
    const response = await manager.post(
      '/segments',
      segmentForm({ id: newId(), name: 'vip', kind: 'dynamic' }, inSuzhou),
    );
    expect(response.status).toBe(422);
  });
});

describe('R1.13 refreshing', () => {
  test('writes only what differs, by day, and the nightly job does it for every dynamic segment', async () => {
    const stays = await createCustomer(product.deps, { name: 'Stays' });
    const leaves = await createCustomer(product.deps, { name: 'Leaves' });
    const comes = await createCustomer(product.deps, { name: 'Comes' });
    await createPurchase(product.deps, { customerId: stays.id, purchasedOn: '2026-03-30' });
    await createPurchase(product.deps, { customerId: leaves.id, purchasedOn: '2026-03-21' });
    const id = await makeSegment(product, manager, [['lastPurchaseOn', 'withinLastDays', '10']]);
    const fixed = await makeSegment(product, manager, [['lastPurchaseOn', 'withinLastDays', '10']], {
      kind: 'static',
    });
    expect(await membersOf(product, id)).toEqual(['Leaves', 'Stays']);

    await createPurchase(product.deps, { customerId: comes.id, purchasedOn: '2026-04-01' });
    product.setNow(new Date('2026-04-01T12:00:00Z'));
    expect(queueNames).toContain(segmentRefreshQueue);
    await jobDefinitions(product.deps)
      .find(({ name }) => name === segmentRefreshQueue)
      ?.run({});
    await product.runTasks();
    product.setNow(new Date(`${today}T12:00:00Z`));
    expect(await membersOf(product, id)).toEqual(['Comes', 'Stays']);
    expect(await membersOf(product, fixed)).toEqual(['Leaves', 'Stays']);
    expect((await auditOf(id)).at(-1)).toMatchObject({ after: { members: 2, added: 1, removed: 1 } });
  });

  test('happens on demand and after saving, but never again for a segment that is fixed', async () => {
    const id = await makeSegment(product, manager, inSuzhou);
    const fixed = await makeSegment(product, manager, inSuzhou, { kind: 'static' });
    await createCustomer(product.deps, { name: 'Anna', city: 'Suzhou' });
    expect((await manager.post(`/segments/${id}/refresh`)).status).toBe(303);
    expect((await manager.page(`/segments/${id}`))('#segment-refresh').text()).toContain('Finding customers');
    await product.runTasks();
    expect(await membersOf(product, id)).toEqual(['Anna']);
    expect((await manager.get(`/segments/${id}/progress`)).text).toContain('Show segment');

    const version = await versionOf(id);
    const changed = segmentForm({ name: 'Nobody', version }, inSuzhou, 'none');
    expect((await manager.post(`/segments/${id}`, changed)).status).toBe(303);
    await product.runTasks();
    expect(await membersOf(product, id)).toEqual([]);
    expect((await manager.post(`/segments/${id}`, changed)).status).toBe(409);

    expect((await manager.post(`/segments/${fixed}/refresh`)).status).toBe(409);
    const renamed = segmentForm({ name: 'Fixed', version: await versionOf(fixed) }, []);
    expect((await manager.post(`/segments/${fixed}`, renamed)).status).toBe(303);
    expect(await membersOf(product, fixed)).toEqual([]);
    expect((await manager.page(`/segments/${fixed}/edit`))('main').text()).toContain('contains “suzhou”');
  });

  test('leaves out customers in the recycle bin', async () => {
    const anna = await createCustomer(product.deps, { name: 'Anna', city: 'Suzhou' });
    await manager.post(`/customers/${anna.id}/deletion`, { version: '1' });
    expect(await membersOf(product, await makeSegment(product, manager, inSuzhou))).toEqual([]);
  });
});

const lastDeletion = async (): Promise<string> => {
  const [action] = await product.query(
    z.object({ id: z.string() }),
    `SELECT id::text FROM undoable_actions WHERE kind = 'segments.deleted' ORDER BY created_at DESC, id DESC LIMIT 1`,
  );
  return action?.id ?? '';
};

const deleteIt = async (id: string): Promise<string> => {
  await manager.post(`/segments/${id}/deletion`, { version: await versionOf(id) });
  return lastDeletion();
};

describe('R1.13 deleting', () => {
  test('a static segment comes back with the members it had, whoever fits by then', async () => {
    const anna = await createCustomer(product.deps, { name: 'Anna', city: 'Suzhou' });
    const id = await makeSegment(product, manager, inSuzhou, { kind: 'static' });
    await createCustomer(product.deps, { name: 'Ben', city: 'Suzhou' });
    expect((await manager.page(`/customers/${anna.id}`))('main').text()).toContain(`Segment ${id}`);
    const actionId = await deleteIt(id);
    expect((await manager.page(`/customers/${anna.id}`))('main').text()).not.toContain(`Segment ${id}`);
    expect((await manager.page('/segments'))('#list').text()).not.toContain(`Segment ${id}`);
    expect((await manager.page(`/customers?segment=${id}`))('#list a.row-link')).toHaveLength(0);
    expect((await manager.post(`/segments/${id}/refresh`)).status).toBe(404);
    expect((await manager.post(`/recent-actions/${actionId}/undo`)).status).toBe(303);
    await product.runTasks();
    expect(await membersOf(product, id)).toEqual(['Anna']);
    expect((await manager.page(`/customers?segment=${id}`))('#list a.row-link').text()).toBe('Anna');
  });

  test('gives the name free; undo says so when another segment has it by then', async () => {
    const id = await makeSegment(product, manager, inSuzhou, { name: 'VIP' });
    const actionId = await deleteIt(id);
    const other = await makeSegment(product, manager, inSuzhou, { name: 'VIP' });
    const refused = await manager.post(`/recent-actions/${actionId}/undo`);
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('Something else has the same name by now.');
    expect((await manager.get(`/segments/${id}`)).status).toBe(404);
    await deleteIt(other);
    expect((await manager.post(`/recent-actions/${actionId}/undo`)).status).toBe(303);
    expect((await manager.get(`/segments/${id}`)).status).toBe(200);
  });

  test('removes segment and members for good once it cannot be undone', async () => {
    await createCustomer(product.deps, { name: 'Anna', city: 'Suzhou' });
    const id = await makeSegment(product, manager, inSuzhou);
    await deleteIt(id);
    expect(await membersOf(product, id)).toEqual(['Anna']);
    const days = async (count: number): Promise<void> => {
      product.setNow(new Date(Date.parse(`${today}T12:00:00Z`) + count * 86_400_000));
      await expireSegments(product.deps);
      product.setNow(new Date(`${today}T12:00:00Z`));
    };
    await days(30);
    expect(await membersOf(product, id)).toEqual(['Anna']);
    await days(31);
    expect(await membersOf(product, id)).toEqual([]);
    expect((await auditOf(id)).at(-1)).toMatchObject({ action: 'segments.expired', operation: 'delete' });
  });

  test('can be undone: the segment comes back and is filled again', async () => {
    await createCustomer(product.deps, { name: 'Anna', city: 'Suzhou' });
    const id = await makeSegment(product, manager, inSuzhou);
    const question = await manager.page(`/segments/${id}/deletion`);
    expect(question('main').text()).toContain('No customer is changed or deleted.');
    const actionId = await deleteIt(id);
    expect((await manager.get(`/segments/${id}`)).status).toBe(404);
    await createCustomer(product.deps, { name: 'Ben', city: 'Suzhou' });
    expect((await manager.post(`/recent-actions/${actionId}/undo`)).status).toBe(303);
    await product.runTasks();
    expect(await membersOf(product, id)).toEqual(['Anna', 'Ben']);
    expect((await auditOf(id)).map(({ action: name }) => name)).toContain('undo.applied');
  });
});
