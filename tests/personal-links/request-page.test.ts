import { load } from 'cheerio';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { v7 as newId } from 'uuid';
import { z } from 'zod';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { addEntry, lockRequest } from '../../src/modules/service-requests/request-verbs.js';
import { png } from '../attachments/files.js';
import { factoryContext, moveRequest, openTestRequest } from '../surveys/requests.js';
import { createCustomer, type CustomerOptions } from '../support/factories/customer.js';
import { createPersonalLink, type TestLink } from '../support/factories/personal-link.js';
import { createUser } from '../support/factories/user.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { nonceOf, passSeconds, sendForm } from './visits.js';

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
});
afterAll(() => product.close());
afterEach(() => product.setNow(undefined));

interface Linked extends TestLink {
  readonly requestId: string;
  readonly customerId: string;
}

async function linked(options: CustomerOptions = {}): Promise<Linked> {
  const { id: customerId } = await createCustomer(product.deps, options);
  const staff = await createUser(product.deps, { role: 'agent', name: 'Secretive Agent' });
  const requestId = await openTestRequest(product, { customerId, assigneeId: staff.id });
  return { ...(await createPersonalLink(product.deps, { customerId, requestId })), requestId, customerId };
}

const say = (requestId: string, kind: 'note' | 'reply', body: string) =>
  unitOfWork(factoryContext(product), 'factory.said', async (tx) =>
    addEntry(tx, factoryContext(product), await lockRequest(tx, requestId), {
      ...{ id: newId(), kind, body },
      happenedAt: product.deps.now(),
    }),
  );

const Entry = z.object({
  kind: z.string(),
  body: z.string(),
  author_id: z.string().nullable(),
  channel: z.string(),
});
const wordsOf = ({ requestId }: Linked) =>
  product.query(Entry, `SELECT * FROM request_entries WHERE request_id = $1 AND kind = 'customerWord'`, [
    requestId,
  ]);
const State = z.object({
  state_category: z.string(),
  reopen_count: z.number(),
  customer_waits_since: z.date().nullable(),
});
const requestOf = async ({ requestId }: Linked) => {
  const [row] = await product.query(State, 'SELECT * FROM service_requests WHERE id = $1', [requestId]);
  return row;
};

describe('R2.3 the page of a request', () => {
  test('says where it stands and what was said; neither notes, nor staff, nor contact data', async () => {
    const contact = { phone: '+8613812345999', email: 'canary@example.com', address: 'Canary Street 5' };
    const link = await linked({ ...contact, wechat: 'canary_chat', name: 'Canary Person' });
    await say(link.requestId, 'note', 'An internal remark');
    await say(link.requestId, 'reply', 'The engineer comes on Monday');
    const response = await product.anonymous().get(link.path);
    expect(response.status).toBe(200);
    expect(response.headers['set-cookie']).toBeUndefined();
    const text = load(response.text)('main').text();
    for (const shown of ['The heating is cold', 'The engineer comes on Monday', 'SR-'])
      expect(text).toContain(shown);
    for (const hidden of ['internal', 'Secretive', 'Canary', 'canary', '13812345999', '2345'])
      expect(response.text).not.toContain(hidden);
    const chinese = await product.anonymous().page(`${link.path}?lang=zh-CN`);
    expect(chinese('h1').text()).toContain('您的请求');
    await moveRequest(product, link.requestId, 'waiting');
    expect((await product.anonymous().page(link.path))('main').text()).toContain(
      'We need an answer from you',
    );
  });

  test('is a 404 for links that open nothing, and refuses unknown parameters', async () => {
    const { customerId, requestId, path } = await linked();
    const past = new Date(Date.now() - 1_000);
    const expired = await createPersonalLink(product.deps, { customerId, requestId, expiresAt: past });
    const revoked = await createPersonalLink(product.deps, { customerId, requestId, revokedAt: past });
    const otherKind = await createPersonalLink(product.deps, { customerId });
    const otherPath = `/p/request/${otherKind.token}`;
    for (const gone of [expired.path, revoked.path, otherPath, '/p/request/x', `${path}x`]) {
      expect((await product.anonymous().get(gone)).status, gone).toBe(404);
      const body = { body: 'x', nonce: 'x' };
      expect((await product.anonymous().post(`${gone}/words`, body)).status, gone).toBe(404);
    }
    expect((await product.anonymous().get(`${path}?x=1`)).status).toBe(422);
  });

  test('takes a word, which waits for an answer and brings the request back to work', async () => {
    const link = await linked();
    await moveRequest(product, link.requestId, 'waiting');
    const visitor = product.anonymous();
    const sent = await sendForm(product, visitor, link.path, `${link.path}/words`, {
      body: ' Tuesday suits me ',
    });
    expect(sent.headers['location']).toBe(`${link.path}?sent=word`);
    const page = await visitor.page(`${link.path}?sent=word`);
    expect(page('[role="status"]').text()).toContain('your message has reached us');
    expect(page('.said-own').text()).toContain('Tuesday suits me');
    expect(await wordsOf(link)).toEqual([
      { kind: 'customerWord', body: 'Tuesday suits me', author_id: null, channel: 'online' },
    ]);
    const request = await requestOf(link);
    expect(request?.state_category).toBe('open');
    expect(request?.customer_waits_since).not.toBeNull();
    const log = await product.query(
      z.object({ actor_name: z.string() }),
      `SELECT actor_name FROM audit_log WHERE action = 'personal-links.word-added' AND table_name = 'request_entries'`,
    );
    expect(log).toEqual([{ actor_name: 'customer' }]);
  });

  test('takes the same form once, none without its nonce, and none of another form', async () => {
    const link = await linked();
    const visitor = product.anonymous();
    const nonce = await nonceOf(visitor, link.path, '/words');
    const foreign = await nonceOf(visitor, link.path, '/pictures');
    passSeconds(product, 3);
    for (const fields of [{ body: 'x' }, { body: 'Kept', nonce: foreign }, { body: '', nonce }]) {
      const response = await visitor.post(`${link.path}/words`, fields);
      expect(response.status).toBe(422);
      expect(load(response.text)('textarea').text().trim()).toBe(fields.body);
    }
    expect(await wordsOf(link)).toEqual([]);
    for (const expected of ['word', 'again']) {
      const response = await visitor.post(`${link.path}/words`, { body: 'Once', nonce });
      expect(response.headers['location']).toContain(`sent=${expected}`);
    }
    expect((await wordsOf(link)).length).toBe(1);
  });

  test('takes pictures by their bytes, encrypted, and shows staff that the customer sent them', async () => {
    const link = await linked();
    const visitor = product.anonymous();
    const action = `${link.path}/pictures`;
    const send = async (name: string, content: Buffer) => {
      const nonce = await nonceOf(visitor, link.path, '/pictures');
      passSeconds(product, 3);
      return visitor.upload(action, { nonce }, { field: 'file', name, content });
    };
    expect((await send('page.png', Buffer.from('<html><script>1</script></html>'))).status).toBe(422);
    expect((await send('paper.pdf', Buffer.from('%PDF-1.7'))).status).toBe(422);
    expect((await send('big.png', Buffer.concat([png, Buffer.alloc(5 * 1024 * 1024)]))).status).toBe(413);
    expect((await send('boiler.png', png)).headers['location']).toContain('sent=picture');
    const kept = await product.query(
      z.object({ media_type: z.string(), uploaded_by_id: z.string().nullable(), customer_id: z.string() }),
      'SELECT * FROM attachments WHERE request_id = $1',
      [link.requestId],
    );
    expect(kept).toEqual([{ media_type: 'image/png', uploaded_by_id: null, customer_id: link.customerId }]);
    const administrator = await product.signIn();
    const record = (await administrator.page(`/customers/${link.customerId}`))('main').text();
    expect(record).toContain('boiler.png');
    expect(record).toContain('1 kB, the customer');
  });

  test('opens a closed request again for two weeks, with the reason', async () => {
    const link = await linked();
    const visitor = product.anonymous();
    await moveRequest(product, link.requestId, 'closed');
    expect((await visitor.page(link.path))('form').length).toBe(1);
    expect((await visitor.post(`${link.path}/words`, { body: 'x', nonce: 'x' })).status).toBe(422);
    const action = `${link.path}/reopening`;
    const sent = await sendForm(product, visitor, link.path, action, { reason: 'Still cold' });
    expect(sent.headers['location']).toContain('sent=reopened');
    expect(await requestOf(link)).toMatchObject({ state_category: 'open', reopen_count: 1 });
    expect((await wordsOf(link)).map(({ body }) => body)).toEqual(['Still cold']);

    await moveRequest(product, link.requestId, 'closed');
    const nonce = await nonceOf(visitor, link.path, '/reopening');
    passSeconds(product, 3);
    await product.query(
      z.unknown(),
      `SELECT set_config('audit.actor_name', 'test', false), set_config('audit.action', 'test.aged', false)`,
    );
    await product.query(
      z.unknown(),
      `UPDATE service_requests SET closed_at = closed_at - interval '15 days' WHERE id = $1`,
      [link.requestId],
    );
    expect((await visitor.post(action, { reason: 'Late', nonce })).status).toBe(409);
    expect((await visitor.page(link.path))('form').length).toBe(0);
  });
});
