import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import type { TestClient } from '../support/client.js';
import { createCustomer } from '../support/factories/customer.js';
import { factoryActor } from '../support/factories/sequence.js';
import { createUser, type TestUser } from '../support/factories/user.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { handOver } from './handover-steps.js';

let product: TestProduct;
let administrator: TestClient;
let leaver: TestUser;
let receiver: TestUser;
beforeAll(async () => {
  product = await startTestProduct();
  administrator = await product.signIn({ role: 'administrator' });
});
afterAll(() => product.close());
beforeEach(async () => {
  leaver = await createUser(product.deps, { role: 'account', name: 'Li Na' });
  receiver = await createUser(product.deps, { role: 'account' });
});

const link = (): string => `main a[href="/handovers/new?from=${leaver.id}"]`;

describe('R1.15 the handover from the page of a user', () => {
  test('is a link for those who may; whoever was disabled with customers is shown as one who still owns them', async () => {
    await createCustomer(product.deps, { ownerId: leaver.id });
    const path = `/admin/users/${leaver.id}`;
    const before = await administrator.page(path);
    expect(before(link())).toHaveLength(1);
    expect(before('main').text()).not.toContain('still owns');
    expect((await administrator.page(before(link()).attr('href') ?? ''))('[name="from"]').val()).toBe(
      leaver.id,
    );

    await administrator.post(`${path}/disablement`);
    const after = await administrator.page(path);
    expect(after('.notice').text()).toContain('This user is disabled and still owns 1 customer');
    expect(after(`.notice a[href="/handovers/new?from=${leaver.id}"]`)).toHaveLength(1);

    const other = await product.signIn({ grants: { 'users:manage': 'all' } });
    const seen = await other.page(path);
    expect(seen(link())).toHaveLength(0);
    expect(seen('.notice').text()).toContain('still owns 1 customer');
    expect((await other.get('/handovers/new')).status).toBe(403);
  });

  test('customers in the recycle bin go along, and the preview says how many; merged ones stay', async () => {
    const living = await createCustomer(product.deps, { ownerId: leaver.id });
    const binned = await createCustomer(product.deps, { ownerId: leaver.id });
    const merged = await createCustomer(product.deps, { ownerId: leaver.id });
    await unitOfWork({ deps: product.deps, actor: factoryActor }, 'factory.changed', async (tx) => {
      const deletedAt = new Date();
      await tx.customer.update({ where: { id: binned.id }, data: { deletedAt }, select: { id: true } });
      await tx.customer.update({
        where: { id: merged.id },
        data: { deletedAt, mergedIntoId: living.id },
        select: { id: true },
      });
    });
    const fields = { from: leaver.id, split: 'one', receiver: receiver.id };
    const { text, id } = await handOver(product, administrator, fields);
    expect(text).toContain(`${receiver.name} receives 2 customers`);
    expect(text).toContain('1 of them is in the recycle bin and moves too');
    const owners = await product.query(
      z.object({ id: z.string(), owner_id: z.string() }),
      'SELECT id::text, owner_id::text FROM customers WHERE id = ANY($1)',
      [[living.id, binned.id, merged.id]],
    );
    expect(new Map(owners.map((row) => [row.id, row.owner_id]))).toEqual(
      new Map([
        [living.id, receiver.id],
        [binned.id, receiver.id],
        [merged.id, leaver.id],
      ]),
    );
    expect((await administrator.post(`/recent-actions/${id}/undo`)).status).toBe(303);
    const [back] = await product.query(
      z.object({ count: z.number() }),
      'SELECT count(*)::integer AS count FROM customers WHERE owner_id = $1',
      [leaver.id],
    );
    expect(back?.count).toBe(3);
  });
});
