import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { lastUndo } from '../duplicates/merge-support.js';
import type { TestClient } from '../support/client.js';
import { createRelation } from '../support/factories/request-relation.js';
import { createRequest } from '../support/factories/service-request.js';
import { createTeam } from '../support/factories/team.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager' });
});
afterAll(() => product.close());

const numberOf = async (id: string): Promise<string> =>
  (await product.deps.database.models.serviceRequest.findUniqueOrThrow({ where: { id } })).requestNo;

const form = (more: Readonly<Record<string, string>>) => ({ id: newId(), kind: 'related', ...more });

const relationsOf = (id: string) =>
  product.query(
    z.object({ kind: z.string(), from_id: z.string(), to_id: z.string(), actions: z.array(z.string()) }),
    `SELECT kind, from_id::text, to_id::text,
            ARRAY(SELECT action FROM audit_log WHERE table_name = 'request_relations' AND record_id = relations.id::text) AS actions
     FROM request_relations AS relations WHERE $1::uuid IN (from_id, to_id)`,
    [id],
  );

describe('R2.5 linking requests', () => {
  test('by number, also of another customer: both records show it in words', async () => {
    const first = await createRequest(product.deps, { subject: 'The lamp flickers' });
    const second = await createRequest(product.deps, { subject: 'Wiring' });
    const path = `/service-requests/${first.id}/links`;
    const digits = (await numberOf(second.id)).slice(-6);
    const sent = form({ kind: 'followsUp', q: digits });
    expect((await manager.post(path, sent)).status).toBe(303);
    expect((await manager.post(path, sent)).status, 'sent twice').toBe(303);
    expect(await relationsOf(first.id)).toEqual([
      { kind: 'followsUp', from_id: first.id, to_id: second.id, actions: ['service-requests.linked'] },
    ]);
    const there = await manager.page(`/service-requests/${first.id}`);
    expect(there('[aria-labelledby="linked-heading"]').text()).toMatch(/Follows up on\s+Wiring/);
    const back = await manager.page(`/service-requests/${second.id}`);
    expect(back('[aria-labelledby="linked-heading"]').text()).toMatch(/Is followed up by\s+The lamp/);
  });

  test('the other requests of the customer are offered, what is open first, and found by words of the subject', async () => {
    const { id, customerId } = await createRequest(product.deps);
    const drain = await createRequest(product.deps, { customerId, subject: '下水道堵塞' });
    await createRequest(product.deps, { customerId, subject: 'Chimney' });
    const path = `/service-requests/${id}/links`;
    const page = await manager.page(path);
    expect(page('input[name="otherId"]').length).toBe(2);
    const found = await manager.get(`${path}/candidates?q=${encodeURIComponent('堵塞')}`);
    expect(found.text).toContain(`value="${drain.id}"`);
    expect(found.text).not.toContain('Chimney');
    const searched = await manager.post(path, form({ q: '堵塞', find: 'yes' }));
    expect(searched.status).toBe(200);
    expect(searched.text).toContain('One request found');
    expect((await manager.post(path, form({ otherId: drain.id }))).status).toBe(303);
    const again = await manager.post(`/service-requests/${drain.id}/links`, form({ otherId: id }));
    expect(again.status, 'the same said from the other side').toBe(422);
    expect(again.text).toContain('linked like this already');
  });

  test('R2.5 a choice that is missing, ambiguous, the same or out of sight is refused in words: 422', async () => {
    const { id, customerId } = await createRequest(product.deps, { subject: 'Tap' });
    await createRequest(product.deps, { customerId, subject: 'Tap in the kitchen' });
    await createRequest(product.deps, { customerId, subject: 'Tap in the bath' });
    const path = `/service-requests/${id}/links`;
    const refused = async (more: Readonly<Record<string, string>>) => {
      const response = await manager.post(path, form(more));
      expect(response.status).toBe(422);
      return response.text;
    };
    expect(await refused({})).toContain('Choose one of the requests');
    expect(await refused({ q: 'Tap' })).toContain('Choose one of the requests');
    expect(await refused({ q: 'SR-1999-000001' })).toContain('no such request that you may see');
    expect(await refused({ otherId: newId() })).toContain('no such request that you may see');
    expect(await refused({ otherId: id })).toContain('linked with itself');
    expect(await refused({ kind: 'recovers', q: 'bath' })).toContain('value="bath"');
    expect((await manager.get(`${path}?unknown=1`)).status).toBe(422);
  });

  test('a request outside the scope is not offered, not linked, and not named where it is linked', async () => {
    const agent = await product.signIn({ role: 'account' });
    const teamId = await createTeam(product.deps);
    const { id, customerId } = await createRequest(product.deps, { assigneeId: agent.user.id });
    const foreign = { customerId, teamId, assigneeId: manager.user.id, subject: 'Secret matter' };
    const { id: hidden } = await createRequest(product.deps, foreign);
    const path = `/service-requests/${id}/links`;
    expect((await agent.get(path)).text).not.toContain('Secret matter');
    expect((await agent.post(path, form({ q: await numberOf(hidden) }))).status).toBe(422);
    expect((await agent.post(path, form({ otherId: hidden }))).status).toBe(422);
    await createRelation(product.deps, { fromId: id, toId: hidden });
    const record = await agent.get(`/service-requests/${id}`);
    expect(record.text).toContain('A request you may not see');
    expect(record.text).not.toContain('Secret matter');
    expect((await agent.get(`/service-requests/${hidden}/links`)).status).toBe(404);
    expect((await agent.post(`/service-requests/${hidden}/links`, form({ otherId: id }))).status).toBe(404);
  });

  test('a link is removed and put back', async () => {
    const first = await createRequest(product.deps);
    const second = await createRequest(product.deps);
    const linkId = await createRelation(product.deps, { fromId: first.id, toId: second.id });
    const before = await relationsOf(first.id);
    const removal = `/service-requests/${second.id}/links/${linkId}/removal`;
    expect((await manager.post(`/service-requests/${newId()}/links/${linkId}/removal`)).status).toBe(404);
    expect((await manager.post(removal)).status).toBe(303);
    expect(await relationsOf(first.id)).toEqual([]);
    expect((await manager.post(removal)).status).toBe(404);
    expect((await manager.post(await lastUndo(manager))).status).toBe(303);
    expect(await relationsOf(first.id)).toMatchObject(before.map(({ actions: _, ...row }) => row));
  });

  test('who may not work requests sees the links and cannot change them: 403', async () => {
    const first = await createRequest(product.deps);
    const second = await createRequest(product.deps);
    const linkId = await createRelation(product.deps, { fromId: first.id, toId: second.id });
    const auditor = await product.signIn({ role: 'auditor' });
    const page = await auditor.page(`/service-requests/${first.id}/links`);
    expect(page('main form').length).toBe(0);
    expect((await auditor.post(`/service-requests/${first.id}/links`, form({}))).status).toBe(403);
    const removal = `/service-requests/${first.id}/links/${linkId}/removal`;
    expect((await auditor.post(removal)).status).toBe(403);
  });

  test('the record shows ten links and where all of them are', async () => {
    const { id } = await createRequest(product.deps);
    for (let count = 0; count < 11; count += 1) {
      const { id: toId } = await createRequest(product.deps);
      await createRelation(product.deps, { fromId: id, toId });
    }
    const page = await manager.page(`/service-requests/${id}`);
    const card = page('[aria-labelledby="linked-heading"]');
    expect(card.find('li').length).toBe(10);
    expect(card.text()).toContain('All 11 links');
    expect((await manager.page(`/service-requests/${id}/links`))('main li form').length).toBe(11);
  });
});
