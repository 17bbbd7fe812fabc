import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { dayOf } from '../../src/core/format.js';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { addDays } from '../../src/modules/follow-ups/due-days.js';
import { shipReturnVisitPlans } from '../../src/modules/return-visit-plans/shipped-plans.js';
import type { TestClient } from '../support/client.js';
import { createCustomer } from '../support/factories/customer.js';
import { createPurchase } from '../support/factories/purchase.js';
import { createPlan, createReturnVisit } from '../support/factories/return-visit.js';
import { factoryActor } from '../support/factories/sequence.js';
import { typeIdOf } from '../support/factories/service-request.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

const path = '/admin/return-visit-plans';
let product: TestProduct;
let administrator: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  administrator = await product.signIn();
});
afterAll(() => product.close());

const numbers = {
  daysAfter: '3',
  windowDays: '3',
  maxAttempts: '3',
  retryDays: '2',
  ownerRule: 'customerOwner',
};
const afterPurchase = { trigger: 'afterPurchase', typeId: '', item: 'Facial', ...numbers };

const Stored = z.object({
  name: z.string(),
  trigger: z.string(),
  item: z.string().nullable(),
  days_after: z.number(),
  is_archived: z.boolean(),
});
const stored = async (id: string) =>
  (
    await product.query(
      Stored,
      'SELECT name, trigger, item, days_after, archived_at IS NOT NULL AS is_archived FROM return_visit_plans WHERE id = $1::uuid',
      [id],
    )
  )[0];

const actionsOf = async (id: string): Promise<string[]> => {
  const rows = await product.query(
    z.object({ action: z.string() }),
    'SELECT action FROM audit_log WHERE record_id = $1 ORDER BY id',
    [id],
  );
  return rows.map(({ action }) => action);
};

const versionOn = async (address: string): Promise<string> =>
  String((await administrator.page(address))('main input[name="version"]').val());

describe('R2.7 plans of return visits', () => {
  test('an installation starts with one, and does not bring it back', async () => {
    const page = await administrator.page(path);
    expect(page('main').text()).toContain('After a complaint');
    const context = { deps: product.deps, actor: factoryActor };
    await unitOfWork(context, 'factory.created', (tx) =>
      tx.returnVisitPlan.deleteMany({ where: { name: 'After a complaint' } }),
    );
    await unitOfWork(context, 'factory.created', (tx) => shipReturnVisitPlans(tx));
    expect((await administrator.page(path))('main').text()).not.toContain('After a complaint');
  });

  test('one is saved after a page that says what it would have made', async () => {
    const { id: customerId } = await createCustomer(product.deps);
    const purchasedOn = addDays(dayOf(new Date()), -5);
    await createPurchase(product.deps, { customerId, item: 'Facial care', purchasedOn });
    const form = { id: newId(), name: 'After a facial', ...afterPurchase };
    const preview = await administrator.post(path, form);
    expect(preview.status).toBe(200);
    expect(preview.text).toContain('it would have made 1 return visit.');
    expect(await stored(form.id)).toBeUndefined();
    for (let sent = 0; sent < 2; sent += 1)
      expect((await administrator.post(path, { ...form, isPreviewed: 'on' })).status).toBe(303);
    expect(await stored(form.id)).toMatchObject({ trigger: 'afterPurchase', item: 'Facial' });
    const version = await versionOn(`${path}/${form.id}/edit`);
    const change = { ...afterPurchase, name: 'After a facial', trigger: 'rhythm', daysAfter: '40', version };
    expect((await administrator.post(`${path}/${form.id}`, change)).status).toBe(200);
    expect((await administrator.post(`${path}/${form.id}`, { ...change, isPreviewed: 'on' })).status).toBe(
      303,
    );
    expect(await stored(form.id)).toMatchObject({ trigger: 'rhythm', item: null, days_after: 40 });
    expect((await administrator.post(`${path}/${form.id}`, { ...change, isPreviewed: 'on' })).status).toBe(
      409,
    );
    expect(await actionsOf(form.id)).toEqual(['return-visit-plans.created', 'return-visit-plans.changed']);
  });

  test.each(['afterClosing', 'rhythm'])('%s can be previewed', async (trigger) => {
    const typeId = await typeIdOf(product.deps, 'complaint');
    const form = { id: newId(), name: `By ${trigger}`, ...afterPurchase, daysAfter: '200', trigger, typeId };
    expect((await administrator.post(path, form)).text).toContain('it would have made 0 return visits.');
  });

  test('refused: numbers out of range, a name that is taken, a type of return visits', async () => {
    const name = `Taken ${newId()}`;
    await createPlan(product.deps, { name });
    const form = { id: newId(), ...afterPurchase, isPreviewed: 'on' };
    const taken = await administrator.post(path, { ...form, name });
    expect(taken.status).toBe(422);
    expect(taken.text).toContain('value="Facial"');
    expect((await administrator.post(path, { ...form, name: 'New', windowDays: '0' })).status).toBe(422);
    const typeId = await typeIdOf(product.deps, 'returnVisit');
    const { isPreviewed: _, ...unseen } = form;
    const refused = await administrator.post(path, {
      ...unseen,
      name: 'New',
      trigger: 'afterClosing',
      typeId,
    });
    expect(refused.status).toBe(422);
  });

  test('taken out of use and brought back', async () => {
    const id = await createPlan(product.deps);
    const own = `${path}/${id}/archival`;
    expect((await administrator.post(own, { version: await versionOn(own) })).status).toBe(303);
    expect(await stored(id)).toMatchObject({ is_archived: true });
    expect((await administrator.post(own, { version: await versionOn(own) })).status).toBe(303);
    expect(await stored(id)).toMatchObject({ is_archived: false });
  });

  test('deleted when unused, and brought back by undo; one that made return visits stays', async () => {
    const id = await createPlan(product.deps, { name: 'To delete' });
    const own = `${path}/${id}/deletion`;
    const gone = await administrator.post(own, { version: await versionOn(own) });
    expect(gone.status).toBe(303);
    expect(await stored(id)).toBeUndefined();
    const undo = (await administrator.page(path))('form[action*="/undo"]').attr('action') ?? '';
    expect((await administrator.post(undo, {})).status).toBe(303);
    expect(await stored(id)).toBeDefined();
    const planId = await createPlan(product.deps);
    await createReturnVisit(product.deps, { planId, windowFrom: '2026-01-01' });
    expect((await administrator.get(`${path}/${planId}/deletion`)).status).toBe(409);
    expect((await administrator.post(`${path}/${planId}/deletion`, { version: '1' })).status).toBe(409);
  });

  test('only those who make settings see them', async () => {
    const manager = await product.signIn({ role: 'agent' });
    expect((await manager.get(path)).status).toBe(403);
    expect((await manager.post(path, {})).status).toBe(403);
    expect((await administrator.get(`${path}/${newId()}/edit`)).status).toBe(404);
    expect((await administrator.get(`${path}/x/edit`)).status).toBe(404);
  });
});
