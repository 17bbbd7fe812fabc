import { load } from 'cheerio';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { openSurvey } from '../../src/modules/surveys/open-survey.js';
import { revokeSurveys } from '../../src/modules/surveys/revoke-surveys.js';
import { passSeconds, sendForm } from '../personal-links/visits.js';
import type { TestClient } from '../support/client.js';
import { createCustomer } from '../support/factories/customer.js';
import { createSurvey } from '../support/factories/survey.js';
import { createUser } from '../support/factories/user.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { closeAndAsk, factoryContext, moveRequest, openTestRequest } from './requests.js';

let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager' });
});
afterAll(() => product.close());
afterEach(() => product.setNow(undefined));

const Row = z.object({
  id: z.string(),
  request_id: z.string(),
  staff_name: z.string().nullable(),
  round: z.number(),
  sent_by: z.string().nullable(),
  locale: z.string(),
});
const surveysOf = (customerId: string) =>
  product.query(Row, 'SELECT * FROM surveys WHERE customer_id = $1 ORDER BY created_at', [customerId]);

const Message = z.object({ id: z.string(), subject: z.string(), body_encrypted: z.string() });
async function lastEmail(): Promise<string> {
  const [mail] = await product.query(Message, 'SELECT * FROM outbox_messages ORDER BY id DESC LIMIT 1');
  if (!mail) throw new Error('no e-mail was written');
  const place = { table: 'outbox_messages', column: 'body_encrypted', recordId: mail.id };
  return `${mail.subject}\n${product.deps.cipher.decrypt(mail.body_encrypted, place)}`;
}

async function closedRequest(customerId: string, type?: string): Promise<string> {
  const requestId = await openTestRequest(product, {
    customerId,
    assigneeId: manager.user.id,
    ...(type && { type }),
  });
  await closeAndAsk(product, requestId);
  return requestId;
}

describe('R2.8 a request that is closed', () => {
  test('asks its customer by e-mail in their language, and remembers who served', async () => {
    const customer = await createCustomer(product.deps, { email: 'li@example.com' });
    await closedRequest(customer.id);
    expect(await surveysOf(customer.id)).toMatchObject([
      { staff_name: manager.user.name, round: 1, sent_by: 'email', locale: 'zh-CN' },
    ]);
    const mail = await lastEmail();
    expect(mail).toContain('服务怎么样');
    const path = /\/p\/survey\/[\w-]{43}/.exec(mail)?.[0] ?? '';
    expect((await product.anonymous().get(path)).status).toBe(200);
    const hashes = await product.query(
      z.object({ token_hash: z.string() }),
      'SELECT token_hash FROM surveys',
    );
    expect(hashes.some(({ token_hash: hash }) => path.endsWith(hash))).toBe(false);
  });

  test('asks once for each closing, once a month, and not about what is not surveyed or was cancelled', async () => {
    const [first, second, third] = [
      await createCustomer(product.deps),
      await createCustomer(product.deps),
      await createCustomer(product.deps),
    ];
    const requestId = await closedRequest(first.id);
    await askAbout(requestId);
    await closedRequest(first.id);
    expect((await surveysOf(first.id)).length).toBe(1);
    product.setNow(new Date(Date.now() + 31 * 86_400_000));
    await closedRequest(first.id);
    expect((await surveysOf(first.id)).length).toBe(2);
    await closedRequest(second.id, 'returnVisit');
    expect(await surveysOf(second.id)).toEqual([]);
    const cancelled = await openTestRequest(product, { customerId: third.id, assigneeId: manager.user.id });
    await moveRequest(product, cancelled, 'cancelled');
    await askAbout(cancelled);
    expect(await surveysOf(third.id)).toEqual([]);
  });

  const askAbout = async (id: string): Promise<void> => {
    await unitOfWork(factoryContext(product), 'factory.asked', (tx) =>
      openSurvey(tx, factoryContext(product), id),
    );
  };

  test('asks at most so many times a year', async () => {
    const customer = await createCustomer(product.deps);
    for (let month = 0; month < 12; month += 1) {
      product.setNow(new Date(Date.UTC(2026, 0, 15) + month * 31 * 86_400_000));
      await closedRequest(customer.id);
    }
    expect((await surveysOf(customer.id)).length).toBe(6);
  }, 20_000);

  test('and opened again revokes its link', async () => {
    const customer = await createCustomer(product.deps);
    const requestId = await openTestRequest(product, { customerId: customer.id });
    const { token } = await createSurvey(product.deps, { requestId, customerId: customer.id });
    await unitOfWork(factoryContext(product), 'factory.reopened', (tx) =>
      revokeSurveys(tx, requestId, product.deps.now()),
    );
    expect((await product.anonymous().get(`/p/survey/${token}`)).status).toBe(404);
  });
});

describe('R2.8 staff hand a survey over', () => {
  test('as a link and a QR code, shown once, which makes the old link void', async () => {
    const customer = await createCustomer(product.deps);
    const requestId = await closedRequest(customer.id);
    expect(await surveysOf(customer.id)).toMatchObject([{ sent_by: null }]);
    const paths: string[] = [];
    for (const attempt of [1, 2]) {
      const response = await manager.post(`/service-requests/${requestId}/survey-link`);
      expect(response.status, String(attempt)).toBe(200);
      const page = load(response.text);
      expect(page('img.qr-code').attr('src')).toMatch(/^data:image\/svg\+xml;base64,/);
      paths.push(new URL(String(page('#address').attr('value'))).pathname);
    }
    const [old = '', latest = ''] = paths;
    expect((await product.anonymous().get(old)).status).toBe(404);
    expect((await product.anonymous().get(latest)).status).toBe(200);
    expect(await surveysOf(customer.id)).toMatchObject([{ sent_by: 'handedOver' }]);
    const log = await product.query(
      z.object({ count: z.number() }),
      `SELECT count(*)::integer AS count FROM audit_log WHERE action = 'surveys.handed-over' AND actor_id = $1`,
      [manager.user.id],
    );
    expect(log[0]?.count).toBe(2);
  });

  test('or by e-mail again, where there is an address', async () => {
    const [reachable, other] = [
      await createCustomer(product.deps, { email: 'a@example.com' }),
      await createCustomer(product.deps),
    ];
    const path = `/service-requests/${await closedRequest(reachable.id)}/survey-email`;
    const before = await lastEmail();
    expect((await manager.post(path)).status).toBe(303);
    expect(await lastEmail()).not.toBe(before);
    const refused = await manager.post(`/service-requests/${await closedRequest(other.id)}/survey-email`);
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('no e-mail address');
  });

  test('only of requests that they work, and that wait for an answer', async () => {
    const customer = await createCustomer(product.deps);
    const requestId = await closedRequest(customer.id);
    const stranger = await product.signIn({ role: 'account' });
    const auditor = await product.signIn({ role: 'auditor' });
    for (const end of ['survey-link', 'survey-email']) {
      expect((await stranger.post(`/service-requests/${requestId}/${end}`)).status).toBe(404);
      expect((await auditor.post(`/service-requests/${requestId}/${end}`)).status).toBe(403);
      expect((await manager.post(`/service-requests/${requestId}/${end}`, { x: '1' })).status).toBe(422);
    }
    const open = await openTestRequest(product, { customerId: customer.id });
    expect((await manager.post(`/service-requests/${open}/survey-link`)).status).toBe(404);
  });
});

describe('R2.8 a low score', () => {
  const Recovery = z.object({ id: z.string(), priority: z.number(), subject: z.string(), kind: z.string() });

  test('opens an urgent recovery once, tells supervisors, and asks again when it is done', async () => {
    const customer = await createCustomer(product.deps, { email: 'low@example.com' });
    const staff = await createUser(product.deps, { role: 'agent' });
    const requestId = await openTestRequest(product, { customerId: customer.id, assigneeId: staff.id });
    const survey = await createSurvey(product.deps, { requestId, customerId: customer.id, staffName: 'Li' });
    const [visitor, path] = [product.anonymous(), `/p/survey/${survey.token}`];
    await sendForm(product, visitor, path, path, { serviceScore: '5', staffScore: '2' });
    const [recovery, ...others] = await product.query(
      Recovery,
      `SELECT r.id, r.priority, r.subject, relation.kind FROM service_requests AS r
       JOIN request_relations AS relation ON relation.from_id = r.id WHERE r.origin = $1 AND relation.to_id = $2`,
      [`recovery:${survey.id}`, requestId],
    );
    expect(others).toEqual([]);
    expect(recovery).toMatchObject({ priority: 4, kind: 'recovers' });
    const bell = await product.query(
      z.object({ href: z.string() }),
      `SELECT href FROM notifications WHERE kind = 'lowEvaluation' AND user_id = $1 ORDER BY created_at DESC`,
      [manager.user.id],
    );
    expect(bell[0]?.href).toBe(`/service-requests/${recovery?.id ?? ''}`);
    const mine = (await manager.page('/notifications'))('main').text();
    expect(mine).toContain('was rated 2 of 5');

    await moveRequest(product, recovery?.id ?? '', 'inProgress');
    await closeAndAsk(product, recovery?.id ?? '');
    const again = (await surveysOf(customer.id)).find(({ round }) => round === 2);
    expect(again).toMatchObject({ request_id: requestId, staff_name: 'Li', sent_by: 'email' });
    const second = /\/p\/survey\/[\w-]{43}/.exec(await lastEmail())?.[0] ?? '';
    expect((await product.anonymous().page(second))('h1').text()).toBe('现在好些了吗？');
    passSeconds(product, 5);
    await sendForm(product, visitor, second, second, { serviceScore: '1' });
    const opened = await product.query(
      z.object({ count: z.number() }),
      `SELECT count(*)::integer AS count FROM service_requests WHERE customer_id = $1`,
      [customer.id],
    );
    expect(opened[0]?.count).toBe(2);
  });
});
