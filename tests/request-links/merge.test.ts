import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { TestClient } from '../support/client.js';
import { createRequest, stateIdOf } from '../support/factories/service-request.js';
import { createTeam } from '../support/factories/team.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { createFullRequest, mergeInto, say } from './merge-support.js';

let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager' });
});
afterAll(() => product.close());

const stored = (id: string) =>
  product.deps.database.models.serviceRequest.findUniqueOrThrow({ where: { id } });

/** Two requests of one customer, the first of them with everything. */
async function pair() {
  const { id: staying, customerId } = await createRequest(product.deps, {
    assigneeId: manager.user.id,
    subject: 'The one that stays',
  });
  return { customerId, staying, going: await createFullRequest(product, customerId, manager.user.id) };
}

const close = async (id: string): Promise<void> => {
  const response = await manager.post(`/service-requests/${id}/transitions`, {
    fromStateId: await stateIdOf(product.deps, 'new'),
    stateId: await stateIdOf(product.deps, 'closed'),
    resolution: 'Done',
  });
  if (response.status !== 303) throw new Error(`closing answered ${response.status}`);
};

describe('R2.5 merging requests', () => {
  test('says in numbers what moves, moves it, and the number and address lead to the one that stays', async () => {
    const { going, staying } = await pair();
    const [{ requestNo }, { requestNo: stayingNo }] = await Promise.all([stored(going), stored(staying)]);
    const choice = await manager.page(`/service-requests/${going}/merge`);
    expect(choice(`a[href="/service-requests/${going}/merge?into=${staying}"]`).length).toBe(1);
    const comparison = await manager.page(`/service-requests/${going}/merge?into=${staying}`);
    expect(comparison('main').text()).toContain(
      `These move to ${stayingNo}: one file, one personal link, one word or note, 2 links with other requests, one request merged before.`,
    );
    expect(comparison('main').text()).toContain('is a complaint and');

    const merged = await mergeInto(manager, going, staying);
    expect(merged.headers['location']).toBe(`/service-requests/${staying}`);
    const record = await manager.page(`/service-requests/${staying}`);
    expect(record('main').text()).toContain(`${requestNo} is merged into ${stayingNo}.`);
    const timeline = record('.timeline-list').text();
    expect(timeline).toContain(`${requestNo} was merged into this one by ${manager.user.name}`);
    expect(timeline).toContain(`Word on ${going}`);
    expect(timeline, 'the description of the merged one').toContain('旧话');

    expect((await manager.get(`/service-requests/${going}`)).headers['location']).toBe(
      `/service-requests/${staying}`,
    );
    const led = await manager.page(`/service-requests/${staying}`);
    expect(led('main').text()).toContain(`${requestNo} was merged into this one.`);
    const searched = await manager.get(`/search?q=${requestNo}`);
    expect(searched.headers['location']).toBe(`/service-requests/${staying}`);
    const found = await manager.get(`/service-requests?q=${requestNo}`);
    expect(found.text).toContain('The one that stays');
    expect((await manager.get('/service-requests')).text).not.toContain(`href="/service-requests/${going}"`);
  });

  test('a word that waits goes on waiting since the earlier of both, surveys are revoked, all of it audited', async () => {
    const { going, staying, customerId } = await pair();
    await say(product, staying, 'reply', 'Answered');
    const before = await stored(staying);
    const { customerWaitsSince } = await stored(going);
    await mergeInto(manager, going, staying);
    const after = await stored(staying);
    expect(after.customerWaitsSince).toEqual(customerWaitsSince);
    expect(after.firstRespondedAt).toEqual(before.firstRespondedAt);
    expect(after.updateDueAt).not.toEqual(before.updateDueAt);
    expect(await stored(going)).toMatchObject({ mergedIntoId: staying, deletedById: manager.user.id });
    const [survey] = await product.deps.database.models.survey.findMany({ where: { requestId: going } });
    expect(survey?.revokedAt).not.toBeNull();
    expect(await product.deps.database.models.complaint.count({ where: { id: going } })).toBe(1);
    const lines = await product.query(
      z.object({ table_name: z.string() }),
      `SELECT DISTINCT table_name FROM audit_log WHERE action = 'service-requests.merged' AND actor_id = $1::uuid ORDER BY 1`,
      [manager.user.id],
    );
    expect(lines.map((line) => line.table_name)).toEqual([
      'attachments',
      'personal_links',
      'request_entries',
      'request_relations',
      'service_requests',
      'surveys',
    ]);
    const auditor = await product.signIn({ role: 'auditor' });
    const log = await auditor.get(`/admin/audit-log?table=service_requests&record=${staying}`);
    expect(log.text).toContain('merged request SR-');
    expect(product.woken.some(({ name }) => name === 'assignment')).toBe(true);
    expect(customerId).toBe(after.customerId);
  });

  test('only requests of the same customer, never an open one into one that is done, never with itself: 409', async () => {
    const { id, customerId } = await createRequest(product.deps, { assigneeId: manager.user.id });
    const other = await createRequest(product.deps, { subject: 'Somebody else’s' });
    const done = await createRequest(product.deps, { customerId, assigneeId: manager.user.id });
    await close(done.id);
    const path = `/service-requests/${id}/merge`;
    const refused = async (into: string) => {
      const page = await manager.get(`${path}?into=${into}`);
      const sent = await manager.post(path, { into, version: '1', intoVersion: '1' });
      expect([page.status, sent.status]).toEqual([409, 409]);
      return page.text;
    };
    expect(await refused(other.id)).toContain('Only requests of the same customer');
    expect(await refused(done.id)).toContain('cannot be merged into one that is done');
    expect(await refused(id)).toContain('merged with itself');
    const number = (await stored(other.id)).requestNo;
    const choice = await manager.page(`${path}?q=${number}`);
    expect(choice('main').text()).toContain('Only requests of the same customer');
    expect(choice('main a[href*="into="]').length, 'the other one is done').toBe(0);
    expect((await mergeInto(manager, done.id, id)).status, 'the other way round').toBe(303);
  });

  test('one that was changed after the comparison is compared again: 409', async () => {
    const { going, staying } = await pair();
    const { version } = await stored(going);
    const sent = { into: staying, version: String(version), intoVersion: '1' };
    const refused = await manager.post(`/service-requests/${going}/merge`, sent);
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('Nothing was merged yet');
    expect(await stored(going)).toMatchObject({ mergedIntoId: null });
  });

  test('only by those who may work on both: 403, 404; bad input: 422', async () => {
    const { going, staying } = await pair();
    const path = `/service-requests/${going}/merge`;
    const auditor = await product.signIn({ role: 'auditor' });
    expect((await auditor.get(path)).status).toBe(403);
    expect((await auditor.post(path, { into: staying, version: '1', intoVersion: '1' })).status).toBe(403);
    const teamId = await createTeam(product.deps);
    const agent = await product.signIn({ role: 'agent', teamIds: [teamId] });
    const theirs = await createRequest(product.deps, {
      customerId: (await stored(going)).customerId ?? '',
      assigneeId: agent.user.id,
    });
    expect((await agent.get(path)).status).toBe(404);
    expect((await agent.get(`/service-requests/${theirs.id}/merge?into=${staying}`)).status).toBe(404);
    expect((await manager.get(`${path}?into=x`)).status).toBe(422);
    expect((await manager.post(path, { into: staying })).status).toBe(422);
    expect((await manager.get(`/service-requests/${newId()}/merge`)).status).toBe(404);
    expect((await manager.get(`${path}/candidates?q=stays`)).text).toContain('The one that stays');
  });
});
