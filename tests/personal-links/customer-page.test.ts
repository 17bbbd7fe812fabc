import { load } from 'cheerio';
import { v7 as newId } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { pageLimits } from '../../src/modules/personal-links/page-limits.js';
import { proposedForm } from '../duplicates/merge-support.js';
import { openTestRequest } from '../surveys/requests.js';
import type { TestClient } from '../support/client.js';
import { createCustomer } from '../support/factories/customer.js';
import { createPersonalLink } from '../support/factories/personal-link.js';
import { createSurvey } from '../support/factories/survey.js';
import { createThing, createThingKind } from '../support/factories/served-thing.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { nonceOf, passSeconds, sendForm } from './visits.js';

let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn();
});
afterAll(() => product.close());
afterEach(() => product.setNow(undefined));

const typeId = async (key: string): Promise<string> => {
  const [row] = await product.query(
    z.object({ id: z.string() }),
    'SELECT id FROM request_types WHERE shipped_key = $1',
    [key],
  );
  return row?.id ?? '';
};
const Filed = z.object({
  subject: z.string(),
  description: z.string().nullable(),
  channel: z.string(),
  served_thing_id: z.string().nullable(),
  created_by_id: z.string().nullable(),
});
const filedBy = (customerId: string) =>
  product.query(Filed, 'SELECT * FROM service_requests WHERE customer_id = $1 ORDER BY received_at', [
    customerId,
  ]);

describe('R2.1 R2.3 the page of a customer', () => {
  test('lists their requests and takes a new one, once', async () => {
    const { id: customerId } = await createCustomer(product.deps, { phone: '+8613812344321' });
    await openTestRequest(product, { customerId, subject: 'Old request' });
    const { path } = await createPersonalLink(product.deps, { customerId });
    const kindId = await createThingKind(product.deps);
    const servedThingId = await createThing(product.deps, { customerId, kindId, name: 'Boiler' });
    const visitor = product.anonymous();
    const page = await visitor.page(path);
    expect(page('main').text()).toContain('Old request');
    expect(page.html()).not.toContain('4321');
    expect(page('select[name="typeId"] option').text()).not.toContain('Recovery');
    const text = `It drips since yesterday.\n${'Long '.repeat(100)}`;
    const fields = { typeId: await typeId('repair'), servedThingId, text };
    const nonce = await nonceOf(visitor, path, '/requests');
    passSeconds(product, 3);
    const first = await visitor.post(`${path}/requests`, { ...fields, nonce });
    expect(first.headers['location']).toContain('sent=request');
    const second = await visitor.post(`${path}/requests`, { ...fields, nonce });
    expect(second.headers['location']).toContain('sent=again');
    expect((await filedBy(customerId)).slice(1)).toEqual([
      {
        ...{ subject: 'It drips since yesterday.', description: text.trim(), channel: 'online' },
        ...{ served_thing_id: servedThingId, created_by_id: null },
      },
    ]);
    expect((await visitor.page(`${path}?sent=request`))('main').text()).toContain(
      'your request has reached us',
    );
  });

  test('refuses types that are not public, things of others, and a form without words; what was typed stays', async () => {
    const [own, other] = [await createCustomer(product.deps), await createCustomer(product.deps)];
    const { path } = await createPersonalLink(product.deps, { customerId: own.id });
    const kindId = await createThingKind(product.deps);
    const foreignThing = await createThing(product.deps, { customerId: other.id, kindId });
    const repair = await typeId('repair');
    for (const fields of [
      { typeId: await typeId('recovery'), text: 'Kept' },
      { typeId: newId(), text: 'Kept' },
      { typeId: repair, text: 'Kept', servedThingId: foreignThing },
      { typeId: repair, text: 'Kept', categoryId: newId() },
      { typeId: repair, text: '' },
      { typeId: repair, text: 'Kept', priority: '4' },
    ]) {
      const response = await sendForm(product, product.anonymous(), path, `${path}/requests`, fields);
      expect(response.status).toBe(422);
      expect(load(response.text)('textarea').text().trim()).toBe(fields.text);
    }
    expect(await filedBy(own.id)).toEqual([]);
  });

  test('follows a merge, and dies with an erasure', async () => {
    const [staying, going] = [await createCustomer(product.deps), await createCustomer(product.deps)];
    const requestId = await openTestRequest(product, { customerId: going.id, subject: 'Moves along' });
    const links = [
      await createPersonalLink(product.deps, { customerId: going.id }),
      await createPersonalLink(product.deps, { customerId: going.id, requestId }),
    ];
    const survey = await createSurvey(product.deps, {
      ...{ requestId, customerId: going.id, answer: { service: 4, comment: 'Words of mine' } },
    });
    const paths = [...links.map(({ path }) => path), `/p/survey/${survey.token}`];
    const { action, fields } = await proposedForm(manager, `/customers/${staying.id}/merge?with=${going.id}`);
    expect((await manager.post(action, fields)).status).toBe(303);
    for (const path of paths) expect((await product.anonymous().get(path)).status, path).toBe(200);
    expect((await product.anonymous().page(paths[0] ?? ''))('main').text()).toContain('Moves along');
    const erasure = { customerNo: staying.customerNo, reason: 'person' };
    expect((await manager.post(`/customers/${staying.id}/erasure`, erasure)).status).toBe(303);
    for (const path of paths) expect((await product.anonymous().get(path)).status, path).toBe(404);
    const [row] = await product.query(
      z.object({ comment: z.string().nullable(), service_score: z.number() }),
      'SELECT comment, service_score FROM surveys WHERE id = $1',
      [survey.id],
    );
    expect(row).toEqual({ comment: null, service_score: 4 });
  });

  test('is limited in how often one link is opened', async () => {
    const { id: customerId } = await createCustomer(product.deps);
    const { path } = await createPersonalLink(product.deps, { customerId });
    const visitor = product.anonymous();
    const statuses: number[] = [];
    for (let count = 0; count <= pageLimits.link; count += 1) statuses.push((await visitor.get(path)).status);
    expect(statuses.filter((status) => status === 200).length).toBe(pageLimits.link);
    expect(statuses.at(-1)).toBe(429);
  }, 60_000);
});

describe('R2.3 staff make and revoke personal links', () => {
  const Link = z.object({ id: z.string(), token_hash: z.string(), revoked_at: z.date().nullable() });
  const linksOf = (customerId: string) =>
    product.query(Link, 'SELECT * FROM personal_links WHERE customer_id = $1', [customerId]);

  test('of a customer and of a request: shown once, listed, revoked, with their audit', async () => {
    const { id: customerId } = await createCustomer(product.deps);
    const requestId = await openTestRequest(product, { customerId });
    for (const [owner, listed] of [
      [`/customers/${customerId}`, `/customers/${customerId}/personal-links`],
      [`/service-requests/${requestId}`, undefined],
    ]) {
      const id = newId();
      await manager.post(`${owner ?? ''}/personal-link`, { id });
      const response = await manager.post(`${owner ?? ''}/personal-link`, { id });
      expect(response.status).toBe(200);
      const { pathname } = new URL(String(load(response.text)('#address').attr('value')));
      expect((await product.anonymous().get(pathname)).status).toBe(200);
      if (listed) expect((await manager.page(listed))('main').text()).toContain('Good until');
      expect((await manager.post(`${owner ?? ''}/personal-links/${id}/revocation`)).status).toBe(303);
      expect((await product.anonymous().get(pathname)).status).toBe(404);
      expect((await manager.post(`${owner ?? ''}/personal-links/${newId()}/revocation`)).status).toBe(404);
    }
    const links = await linksOf(customerId);
    expect(links.length).toBe(2);
    expect(links.every(({ revoked_at: at }) => at !== null)).toBe(true);
    const log = await product.query(
      z.object({ action: z.string() }),
      `SELECT DISTINCT action FROM audit_log WHERE table_name = 'personal_links' AND actor_id = $1 AND action LIKE 'personal-links.%' ORDER BY action`,
      [manager.user.id],
    );
    expect(log.map(({ action }) => action)).toEqual(['personal-links.made', 'personal-links.revoked']);
  });

  test('only within their scope', async () => {
    const { id: customerId } = await createCustomer(product.deps);
    const requestId = await openTestRequest(product, { customerId });
    const account = await product.signIn({ role: 'account' });
    const auditor = await product.signIn({ role: 'auditor' });
    const id = newId();
    for (const path of [`/customers/${customerId}`, `/service-requests/${requestId}`]) {
      expect((await account.post(`${path}/personal-link`, { id })).status).toBe(404);
      expect((await auditor.post(`${path}/personal-link`, { id })).status).toBe(403);
      expect((await manager.post(`${path}/personal-link`, { id: 'x' })).status).toBe(422);
      expect((await manager.post(`${path}/personal-links/x/revocation`)).status).toBe(404);
    }
    expect((await account.get(`/customers/${customerId}/personal-links`)).status).toBe(404);
    expect((await auditor.get(`/customers/${customerId}/personal-links`)).status).toBe(403);
    expect(await linksOf(customerId)).toEqual([]);
  });
});
