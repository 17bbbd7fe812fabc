import { v7 as newId } from 'uuid';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { forgetViewers } from '../../src/modules/request-presence/request-presence.service.js';
import type { TestClient } from '../support/client.js';
import { createRequest } from '../support/factories/service-request.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
let manager: TestClient;
let agent: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager', name: 'Li Na' });
  agent = await product.signIn({ role: 'manager', name: 'Wang Fang' });
});
afterAll(() => product.close());
afterEach(() => product.setNow(undefined));

const ping = (client: TestClient, id: string, more: Readonly<Record<string, string>> = {}) =>
  client.post(`/service-requests/${id}/presence`, { version: '1', ...more });

const versionOf = async (id: string): Promise<string> =>
  String((await product.deps.database.models.serviceRequest.findUniqueOrThrow({ where: { id } })).version);

const viewers = (id: string) =>
  product.query(
    z.object({ user_id: z.string(), is_writing: z.boolean() }),
    'SELECT user_id::text, is_writing FROM request_viewers WHERE request_id = $1::uuid',
    [id],
  );

describe('R2.5 who else has a request open', () => {
  test('others are named, whoever writes as writing, and nobody a minute later', async () => {
    const { id } = await createRequest(product.deps);
    const version = await versionOf(id);
    const alone = await ping(manager, id, { version });
    expect(alone.status).toBe(200);
    expect(alone.text.trim()).toBe('');
    expect((await ping(agent, id, { version })).text).toContain('Li Na has this request open');
    await ping(manager, id, { version, isWriting: 'on' });
    expect((await ping(agent, id, { version })).text).toContain('Li Na is writing an answer');
    expect(await viewers(id)).toHaveLength(2);
    const page = await agent.page(`/service-requests/${id}`);
    expect(page('[data-presence]').text()).toContain('Li Na is writing an answer');
    product.setNow(new Date(Date.now() + 61_000));
    expect((await ping(agent, id, { version })).text.trim()).toBe('');
    expect((await agent.page(`/service-requests/${id}`))('[data-presence]').text().trim()).toBe('');
  });

  test('says who changed the request since it was opened, of oneself nothing', async () => {
    const { id } = await createRequest(product.deps, { assigneeId: manager.user.id });
    const version = await versionOf(id);
    await manager.post(`/service-requests/${id}/entries`, { id: newId(), kind: 'reply', body: 'Hello' });
    expect((await ping(manager, id, { version })).text).not.toContain('Changed');
    const told = await ping(agent, id, { version });
    expect(told.text).toContain('Changed since you opened it by Li Na');
    expect(told.text).toContain(`href="/service-requests/${id}"`);
    expect((await ping(agent, id, { version: await versionOf(id) })).text).not.toContain('Changed');
  });

  test('within the scope alone: 404; never without permission: 403; a bad version: 422', async () => {
    const { id } = await createRequest(product.deps, { assigneeId: manager.user.id });
    const own = await product.signIn({ grants: { 'service-requests:read': 'own' } });
    expect((await ping(own, id)).status).toBe(404);
    expect((await ping(manager, newId())).status).toBe(404);
    expect((await ping(await product.signIn({ grants: {} }), id)).status).toBe(403);
    expect((await ping(manager, id, { version: 'x' })).status).toBe(422);
    expect(await viewers(id)).toEqual([]);
  });

  test('budget: a record takes at most 12 statements, and telling that one is there two besides the sign-in', async () => {
    const { id } = await createRequest(product.deps, { assigneeId: manager.user.id });
    await manager.get(`/service-requests/${id}`);
    const statements = vi.spyOn(pg.Client.prototype, 'query');
    await manager.get(`/service-requests/${id}`);
    expect(statements.mock.calls.length).toBeLessThanOrEqual(12);
    statements.mockClear();
    await ping(manager, id);
    expect(statements.mock.calls.length).toBeLessThanOrEqual(4);
    statements.mockRestore();
  });

  test('leaves no line in the audit log, and rows go after a day', async () => {
    const { id } = await createRequest(product.deps);
    const lines = 'SELECT count(*)::integer AS count FROM audit_log';
    const before = await product.query(z.object({ count: z.number() }), lines);
    await ping(manager, id);
    expect(await product.query(z.object({ count: z.number() }), lines)).toEqual(before);
    await forgetViewers(product.deps);
    expect(await viewers(id)).toHaveLength(1);
    product.setNow(new Date(Date.now() + 86_500_000));
    await forgetViewers(product.deps);
    expect(await viewers(id)).toEqual([]);
  });
});
