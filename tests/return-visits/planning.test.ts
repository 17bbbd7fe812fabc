import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { dayOf } from '../../src/core/format.js';
import { addDays } from '../../src/modules/follow-ups/due-days.js';
import { planNightlyReturnVisits } from '../../src/modules/return-visits/nightly-return-visits.service.js';
import type { TestClient } from '../support/client.js';
import { createCustomer } from '../support/factories/customer.js';
import { createPurchase } from '../support/factories/purchase.js';
import { createPlan } from '../support/factories/return-visit.js';
import {
  createRequest,
  stateIdOf,
  typeIdOf,
  type RequestOptions,
} from '../support/factories/service-request.js';
import { createUser } from '../support/factories/user.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
let manager: TestClient;
const today = dayOf(new Date());
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager' });
});
afterAll(() => product.close());
beforeEach(() => product.setNow(undefined));

const Visit = z.object({
  window_from: z.string(),
  window_to: z.string(),
  assignee_id: z.string().nullable(),
  origin: z.string(),
  subject: z.string(),
});

const visitsOf = (customerId: string) =>
  product.query(
    Visit,
    `SELECT window_from::text, window_to::text, assignee_id::text, origin, subject
     FROM return_visits JOIN service_requests USING (id) WHERE customer_id = $1::uuid ORDER BY id`,
    [customerId],
  );

const close = async (id: string, to: 'closed' | 'cancelled' = 'closed') => {
  const [cause] = await product.query(
    z.object({ id: z.string() }),
    'SELECT id::text FROM complaint_causes WHERE parent_id IS NOT NULL ORDER BY name LIMIT 1',
  );
  const answer = await manager.post(`/service-requests/${id}/transitions`, {
    fromStateId: await stateIdOf(product.deps, 'new'),
    stateId: await stateIdOf(product.deps, to),
    ...{
      resolution: '道歉',
      remedy: '退款',
      causeId: cause?.id ?? '',
      responsibility: 'staff',
      reason: 'Double',
    },
  });
  expect(answer.status).toBe(303);
};

const complain = async (options: RequestOptions = {}) => {
  const owner = await createUser(product.deps, { role: 'account' });
  const { id: customerId } = await createCustomer(product.deps, { ownerId: owner.id });
  const { id } = await createRequest(product.deps, {
    ...{ type: 'complaint', customerId, assigneeId: manager.user.id, subject: '等太久' },
    ...options,
  });
  return { id, customerId, ownerId: owner.id };
};

describe('R2.6 closing a complaint', () => {
  test('plans a return visit for the owner of the customer, once', async () => {
    const { id, customerId, ownerId } = await complain();
    await close(id);
    expect(await visitsOf(customerId)).toEqual([
      {
        window_from: addDays(today, 3),
        window_to: addDays(today, 5),
        assignee_id: ownerId,
        origin: `returnVisit:${id}`,
        subject: 'After a complaint: 等太久',
      },
    ]);
    const [relation] = await product.query(
      z.object({ kind: z.string() }),
      'SELECT kind FROM request_relations WHERE to_id = $1::uuid',
      [id],
    );
    expect(relation?.kind).toBe('followsUp');
    const second = await createRequest(product.deps, {
      type: 'complaint',
      customerId,
      assigneeId: manager.user.id,
    });
    await close(second.id);
    expect(await visitsOf(customerId)).toHaveLength(1);
  });

  test('cancelled, of another type, or with a plan out of use, nothing follows', async () => {
    const cancelled = await complain();
    await close(cancelled.id, 'cancelled');
    const consultation = await complain({ type: 'consultation' });
    await close(consultation.id);
    await createPlan(product.deps, {
      ...{ trigger: 'afterClosing', typeId: await typeIdOf(product.deps, 'repair'), archivedAt: new Date() },
    });
    const repair = await complain({ type: 'repair' });
    await close(repair.id);
    for (const { customerId } of [cancelled, consultation, repair])
      expect(await visitsOf(customerId)).toEqual([]);
  });

  test('the plan of the type goes before one for any, and whoever served may be asked first', async () => {
    const consultationId = await typeIdOf(product.deps, 'consultation');
    await createPlan(product.deps, { trigger: 'afterClosing', daysAfter: 9 });
    await createPlan(product.deps, {
      ...{
        trigger: 'afterClosing',
        typeId: consultationId,
        daysAfter: 1,
        windowDays: 1,
        ownerRule: 'assignee',
      },
    });
    const { id, customerId } = await complain({ type: 'consultation' });
    await close(id);
    expect(await visitsOf(customerId)).toMatchObject([
      { window_from: addDays(today, 1), window_to: addDays(today, 1), assignee_id: manager.user.id },
    ]);
  });
});

describe('R2.7 the nightly job', () => {
  test('follows purchases of the item, once for a customer and a day, and tries those it missed', async () => {
    const createdAt = new Date(Date.now() - 90 * 86_400_000);
    const planId = await createPlan(product.deps, {
      ...{ trigger: 'afterPurchase', item: 'FACIAL', daysAfter: 7, createdAt },
    });
    const bought = async (item: string, daysAgo: number) => {
      const { id } = await createCustomer(product.deps);
      await createPurchase(product.deps, { customerId: id, item, purchasedOn: addDays(today, -daysAgo) });
      return id;
    };
    const yesterday = await bought('Deep facial care', 1);
    const missed = await bought('facial', 4);
    const others = [await bought('Haircut', 1), await bought('facial', 0), await bought('facial', 20)];
    expect(await planNightlyReturnVisits(product.deps)).toBe(2);
    expect(await planNightlyReturnVisits(product.deps)).toBe(0);
    const day = addDays(today, -1);
    expect(await visitsOf(yesterday)).toMatchObject([
      { window_from: addDays(day, 7), origin: `returnVisit:${planId}:${yesterday}:${day}` },
    ]);
    expect(await visitsOf(missed)).toMatchObject([{ window_from: addDays(today, 3) }]);
    for (const id of others) expect(await visitsOf(id)).toEqual([]);
  });

  test('by rhythm: so many days after the last visit, not for one that is long over, nor after another visit', async () => {
    await createPlan(product.deps, { trigger: 'rhythm', daysAfter: 60, windowDays: 5 });
    const visited = async (...daysAgo: readonly number[]) => {
      const { id } = await createCustomer(product.deps);
      for (const days of daysAgo)
        await createPurchase(product.deps, {
          customerId: id,
          item: 'Haircut',
          purchasedOn: addDays(today, -days),
        });
      return id;
    };
    const due = await visited(60);
    const inWindow = await visited(64);
    const none = [await visited(59), await visited(65), await visited(60, 10)];
    await planNightlyReturnVisits(product.deps);
    expect(await visitsOf(due)).toMatchObject([{ window_from: today, window_to: addDays(today, 4) }]);
    expect(await visitsOf(inWindow)).toMatchObject([{ window_from: addDays(today, -4), window_to: today }]);
    for (const id of none) expect(await visitsOf(id)).toEqual([]);
    const [audited] = await product.query(
      z.object({ count: z.number() }),
      `SELECT count(*)::integer AS count FROM audit_log WHERE action = 'return-visits.planned' AND table_name = 'return_visits'`,
    );
    expect(audited?.count).toBeGreaterThan(1);
  });
});
