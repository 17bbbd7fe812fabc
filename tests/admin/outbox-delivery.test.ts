import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { addEmail, deliverOutbox } from '../../src/core/outbox.js';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import type { TestClient } from '../support/client.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { startMailServer, type MailServer } from './mail-server.js';

let server: MailServer;
let product: TestProduct;
let administrator: TestClient;
beforeAll(async () => {
  server = await startMailServer();
  product = await startTestProduct({
    environment: { SMTP_URL: server.url, MAIL_FROM: 'CRM <crm@example.com>' },
  });
  administrator = await product.signIn();
});
afterAll(async () => {
  await product.close();
  await server.close();
});
beforeEach(async () => {
  server.refusal = undefined;
  server.accepted.length = 0;
  await product.query(z.unknown(), 'DELETE FROM outbox_messages');
});

const write = (subject: string): Promise<string> =>
  unitOfWork({ deps: product.deps, actor: { id: null, name: 'test' } }, 'test.prepared', (tx) =>
    addEmail(tx, product.deps, { to: 'wang@example.com', subject, text: `Text of ${subject}` }),
  );

const Message = z.object({
  state: z.string(),
  attempts: z.number(),
  last_error: z.string().nullable(),
  wait_minutes: z.number(),
});

async function messageOf(id: string): Promise<z.infer<typeof Message>> {
  const [row] = await product.query(
    Message,
    `SELECT state, attempts, last_error, round(extract(epoch FROM next_attempt_at - now()) / 60)::integer AS wait_minutes
     FROM outbox_messages WHERE id = $1`,
    [id],
  );
  if (!row) throw new Error('no such message');
  return row;
}

/** A second ago: the column keeps milliseconds, so that "now" may be rounded to a moment still to come. */
const makeDue = (id: string) =>
  product.query(
    z.unknown(),
    `UPDATE outbox_messages SET next_attempt_at = now() - interval '1 second' WHERE id = $1`,
    [id],
  );

describe('R3.8 delivery by SMTP', () => {
  test('sends what waits, from the configured sender, in clear only on the way', async () => {
    const id = await write('提醒');
    expect(await messageOf(id)).toMatchObject({ state: 'queued', attempts: 0 });
    await deliverOutbox(product.deps);
    expect(await messageOf(id)).toMatchObject({ state: 'sent', attempts: 1, last_error: null });
    expect(server.accepted).toHaveLength(1);
    expect(server.accepted[0]).toContain('From: CRM <crm@example.com>');
    expect(server.accepted[0]).toContain('To: wang@example.com');
    await deliverOutbox(product.deps);
    expect(server.accepted).toHaveLength(1);
  });

  test('waits 1, 2, 4 … minutes after refusals, then sends; after eight it stays failed', async () => {
    const id = await write('Refused');
    server.refusal = 'mailbox full';
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      await deliverOutbox(product.deps);
      const message = await messageOf(id);
      expect(message).toMatchObject({ state: 'queued', attempts: attempt });
      expect(message.last_error).toContain('mailbox full');
      waits.push(message.wait_minutes);
      await deliverOutbox(product.deps);
      expect((await messageOf(id)).attempts, 'tried again before its time').toBe(attempt);
      await makeDue(id);
    }
    expect(waits).toEqual([1, 2, 4]);
    server.refusal = undefined;
    await deliverOutbox(product.deps);
    expect(await messageOf(id)).toMatchObject({ state: 'sent', attempts: 4, last_error: null });

    const hopeless = await write('Hopeless');
    server.refusal = 'no such mailbox';
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      await makeDue(hopeless);
      await deliverOutbox(product.deps);
    }
    expect(await messageOf(hopeless)).toMatchObject({ state: 'failed', attempts: 8 });
    await makeDue(hopeless);
    await deliverOutbox(product.deps);
    expect((await messageOf(hopeless)).attempts).toBe(8);
  });

  test('two deliverers at once send each message once', async () => {
    const subjects = Array.from({ length: 60 }, (_, index) => `Number ${index}.`);
    await Promise.all(subjects.map(write));
    await Promise.all([
      deliverOutbox(product.deps),
      deliverOutbox(product.deps),
      deliverOutbox(product.deps),
    ]);
    const sent = server.accepted.map((message) => /Subject: (.*)/.exec(message)?.[1]?.trim());
    expect(sent.toSorted()).toEqual(subjects.toSorted());
  });

  test('one refused message holds up no other', async () => {
    const [first, second] = [await write('First'), await write('Second')];
    await product.query(
      z.unknown(),
      `UPDATE outbox_messages SET body_encrypted = 'v1.none.broken' WHERE id = $1`,
      [first],
    );
    await deliverOutbox(product.deps);
    expect((await messageOf(first)).state).toBe('queued');
    expect((await messageOf(second)).state).toBe('sent');
  });
});

describe('R3.8 the outbox with a mail server', () => {
  test('shows the error and sends again when asked, before the back-off ends', async () => {
    const id = await write('Again');
    server.refusal = 'greylisted';
    await deliverOutbox(product.deps);
    const path = `/admin/outbox/${id}`;
    const page = await administrator.page(path);
    expect(page('main').text()).toContain('greylisted');
    expect(page('main').text()).not.toContain('No mail server');
    expect((await administrator.post(`${path}/reading`)).status).toBe(409);
    server.refusal = undefined;
    product.woken.length = 0;
    expect((await administrator.post(`${path}/delivery`)).headers['location']).toBe(path);
    expect(product.woken).toEqual([{ name: 'outbox', payload: {} }]);
    await deliverOutbox(product.deps);
    expect((await messageOf(id)).state).toBe('sent');
    expect((await administrator.post(`${path}/delivery`)).status).toBe(409);
  });

  test('sends a test message', async () => {
    await administrator.post('/admin/outbox/test-message', { address: 'someone@example.com' });
    await deliverOutbox(product.deps);
    expect(server.accepted[0]).toContain('To: someone@example.com');
  });
});
