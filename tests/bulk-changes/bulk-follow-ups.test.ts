import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { createCustomer } from '../support/factories/customer.js';
import { createFollowUp } from '../support/factories/follow-up.js';
import { factoryActor } from '../support/factories/sequence.js';
import { createUser } from '../support/factories/user.js';
import { confirm, confirmTicked } from './bulk-steps.js';

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
});
afterAll(() => product.close());

test('R1.15 a transfer in bulk takes the open follow-ups of the former owner along, and undo brings them back', async () => {
  const { deps } = product;
  const manager = await product.signIn({ role: 'manager' });
  const former = await createUser(deps, { role: 'account' });
  const helper = await createUser(deps, { role: 'account' });
  const receiver = await createUser(deps, { role: 'account' });
  const { id: customerId } = await createCustomer(deps, { ownerId: former.id });
  const plan = (ownerId: string) => createFollowUp(deps, { customerId, ownerId, dueOn: '2026-06-30' });
  const open = await plan(former.id);
  const done = await plan(former.id);
  const ofHelper = await plan(helper.id);
  await unitOfWork({ deps, actor: factoryActor }, 'factory.changed', (tx) =>
    tx.followUp.update({
      where: { id: done },
      data: { state: 'done', finishedAt: deps.now(), finishedById: former.id },
      select: { id: true },
    }),
  );
  const owners = async () => {
    const rows = await product.query(
      z.object({ id: z.string(), owner_id: z.string() }),
      'SELECT id::text, owner_id::text FROM follow_ups WHERE customer_id = $1',
      [customerId],
    );
    const byId = new Map(rows.map((row) => [row.id, row.owner_id]));
    return [open, done, ofHelper].map((id) => byId.get(id));
  };

  const confirmation = await confirmTicked(manager, 'transfer', [customerId]);
  const path = await confirm(product, manager, confirmation, receiver.id);
  expect(await owners()).toEqual([receiver.id, former.id, helper.id]);
  const audited = await product.query(
    z.object({ action: z.string() }),
    `SELECT action FROM audit_log WHERE table_name = 'follow_ups' AND record_id = $1 AND operation = 'update'`,
    [open],
  );
  expect(audited).toEqual([{ action: 'bulk-changes.run' }]);

  const undo = (await manager.page(path))('form[action$="/undo"]').attr('action') ?? '';
  expect((await manager.post(undo)).status).toBe(303);
  await product.runTasks();
  expect(await owners()).toEqual([former.id, former.id, helper.id]);
});
