import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Dependencies } from '../../src/core/context.js';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { writeDigests } from '../../src/modules/follow-ups/digest.service.js';
import { jobDefinitions, queueNames } from '../../src/jobs.js';
import { createCustomer } from '../support/factories/customer.js';
import { createFollowUp, type FollowUpOptions } from '../support/factories/follow-up.js';
import { factoryActor } from '../support/factories/sequence.js';
import { createUser, type TestUser } from '../support/factories/user.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

const day = '2026-11-20';
/** Five past eight in Shanghai. */
const morning = new Date('2026-11-20T00:05:00Z');
const dayBefore = new Date('2026-11-19T03:00:00Z');

let product: TestProduct | undefined;
beforeEach(async () => {
  await product?.close();
  product = await startTestProduct();
  product.setNow(morning);
});
afterAll(() => product?.close());

function running(): TestProduct {
  if (!product) throw new Error('not started');
  return product;
}

async function plan(owner: TestUser, options: Partial<FollowUpOptions> & { customer?: string } = {}) {
  const { customer = 'Anna Berg', ...rest } = options;
  const { id: customerId } = await createCustomer(running().deps, { name: customer });
  const defaults = { customerId, ownerId: owner.id, dueOn: day, createdAt: dayBefore };
  return createFollowUp(running().deps, { ...defaults, ...rest });
}

const Message = z.object({
  id: z.string(),
  recipient_masked: z.string(),
  subject: z.string(),
  body_encrypted: z.string(),
});

async function messages() {
  const { deps } = running();
  const rows = await running().query(Message, 'SELECT * FROM outbox_messages ORDER BY recipient_masked');
  return rows.map(({ id, body_encrypted, recipient_masked: to, subject }) => ({
    to,
    subject,
    text: deps.cipher.decrypt(body_encrypted, {
      table: 'outbox_messages',
      column: 'body_encrypted',
      recordId: id,
    }),
  }));
}

describe('R1.4 the morning e-mail', () => {
  test('says in the reader’s language what is overdue and due, with the way there, and nothing that is later', async () => {
    const { deps } = running();
    const english = await createUser(deps, { role: 'agent', email: 'anna@example.com', name: 'Anna' });
    const chinese = await createUser(deps, { role: 'agent', email: 'li@example.com', locale: 'zh-CN' });
    const overdueId = await plan(english, { dueOn: '2026-11-18', action: 'Old one', customer: '王小明' });
    await plan(english, { dueMinute: 930, action: 'Today’s one' });
    await plan(english, { dueOn: '2026-11-21', action: 'Tomorrow’s one' });
    await plan(chinese, { action: '回电' });
    expect(await writeDigests(deps)).toBe(2);
    const [first, second] = await messages();
    expect(first).toMatchObject({ to: 'a***@example.com', subject: '2 follow-ups are due (Nov 20, 2026)' });
    expect(first?.text).toContain('Good morning, Anna,');
    expect(first?.text).toMatch(/Overdue:\n- Nov 18, 2026: 王小明 \(T\d+\): Old one/);
    expect(first?.text).toContain(`http://127.0.0.1/follow-ups/${overdueId}`);
    expect(first?.text).toMatch(/Due today:\n- Nov 20, 2026 15:30: Anna Berg/);
    expect(first?.text).not.toContain('Tomorrow');
    expect(second).toMatchObject({ to: 'l***@example.com', subject: '1 项跟进到期（2026年11月20日）' });
    expect(second?.text).toContain('今天到期：');
  });

  test('lists 50 and says how many more there are', async () => {
    const { deps } = running();
    const user = await createUser(deps, { role: 'agent', email: 'a@example.com' });
    for (let index = 0; index < 53; index += 1) await plan(user);
    await writeDigests(deps);
    const [message] = await messages();
    expect(message?.subject).toContain('53 follow-ups');
    expect(message?.text.match(/^- /gm)).toHaveLength(50);
    expect(message?.text).toContain('And 3 more.');
  });

  test('goes once for a day: two runs at once, a run after a killed one, and the runs of a whole morning', async () => {
    const { deps } = running();
    for (let index = 0; index < 5; index += 1) {
      await plan(await createUser(deps, { role: 'agent', email: `user${index}@example.com` }));
    }
    const killed: Dependencies = {
      ...deps,
      cipher: {
        ...deps.cipher,
        encrypt: () => {
          throw new Error('killed');
        },
      },
    };
    await expect(writeDigests(killed)).rejects.toThrow('killed');
    expect(await messages()).toHaveLength(0);
    const written = await Promise.all([writeDigests(deps), writeDigests(deps), writeDigests(deps)]);
    expect(written.reduce((sum, count) => sum + count, 0)).toBe(5);
    for (const time of ['00:10', '01:00', '03:50']) {
      running().setNow(new Date(`2026-11-20T${time}:00Z`));
      expect(await writeDigests(deps), time).toBe(0);
    }
    expect(await messages()).toHaveLength(5);
    running().setNow(new Date('2026-11-21T00:00:00Z'));
    expect(await writeDigests(deps)).toBe(5);
  });

  test('goes to nobody who cannot or does not want to have it', async () => {
    const { deps } = running();
    const withoutAddress = await createUser(deps, { role: 'agent' });
    const unwilling = await createUser(deps, { role: 'agent', email: 'no@example.com' });
    const disabled = await createUser(deps, { role: 'agent', email: 'gone@example.com' });
    const blind = await createUser(deps, { role: 'account', email: 'blind@example.com' });
    const idle = await createUser(deps, {
      grants: { 'customers:read': 'all' },
      email: 'idle@example.com',
    });
    await unitOfWork({ deps, actor: factoryActor }, 'factory.created', async (tx) => {
      await tx.user.update({ where: { id: unwilling.id }, data: { wantsDigest: false } });
      await tx.user.update({ where: { id: disabled.id }, data: { disabledAt: dayBefore } });
    });
    for (const user of [withoutAddress, unwilling, disabled, blind, idle]) await plan(user);
    expect(await writeDigests(deps)).toBe(0);
    expect(await messages()).toEqual([]);
  });

  test('comes between eight and noon, about what was there at eight', async () => {
    const { deps } = running();
    const user = await createUser(deps, { role: 'agent', email: 'a@example.com' });
    await plan(user, { createdAt: new Date('2026-11-20T01:00:00Z'), action: 'Planned at nine' });
    for (const time of ['2026-11-19T23:59:00Z', '2026-11-20T04:00:00Z', '2026-11-20T02:00:00Z']) {
      running().setNow(new Date(time));
      expect(await writeDigests(deps), time).toBe(0);
    }
    await plan(user, { action: 'There before' });
    expect(await writeDigests(deps)).toBe(1);
    expect((await messages())[0]?.text).not.toContain('Planned at nine');
  });

  test('is a job of its own, in the product’s mornings', () => {
    const job = jobDefinitions(running().deps).find(({ name }) => name === 'follow-up-digest');
    expect(job?.schedule).toBe('*/10 8-11 * * *');
    expect(queueNames).toContain('follow-up-digest');
  });
});

test('R1.4 the notification about it is no news on the bell', async () => {
  const { deps } = running();
  const client = await running().signIn({ role: 'agent', email: 'bell@example.com' });
  await plan(client.user, { dueOn: '2026-11-19' });
  await writeDigests(deps);
  const page = await client.page('/notifications');
  expect(page('main').text()).toContain('1 overdue, 0 due that day');
  expect(page('.pill-blue').length).toBe(0);
  expect(page('.frame-header .pill-red').text()).toBe('1');
});
