import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { TestClient } from '../support/client.js';
import { createCustomer, type CustomerOptions } from '../support/factories/customer.js';
import { createDuplicatePair, type DuplicatePairOptions } from '../support/factories/duplicate-pair.js';
import { createTeam } from '../support/factories/team.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { lastUndo, proposedForm } from './merge-support.js';

let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager' });
});
afterAll(() => product.close());

async function createPair(
  name: string,
  options: Omit<DuplicatePairOptions, 'customerIds'> & CustomerOptions = {},
): Promise<{ id: string; firstId: string; secondId: string }> {
  const { reasons, score, state, ...fields } = options;
  const first = await createCustomer(product.deps, { ...fields, name: `${name} A` });
  const second = await createCustomer(product.deps, { ...fields, name: `${name} B` });
  const pair = { ...(reasons && { reasons }), ...(score && { score }), ...(state && { state }) };
  const id = await createDuplicatePair(product.deps, { customerIds: [first.id, second.id], ...pair });
  return { id, firstId: first.id, secondId: second.id };
}

const namesIn = async (client: TestClient, path: string): Promise<string[]> => {
  const page = await client.page(path);
  return page('#list tbody tr td:first-child')
    .toArray()
    .map((cell) =>
      page(cell)
        .text()
        .replace(/ T\d+$/, ''),
    );
};

const eventsOf = (recordId: string) =>
  product.query(
    z.object({ action: z.string(), actor_id: z.string() }),
    `SELECT action, actor_id FROM audit_log WHERE record_id = $1 AND operation = 'event' ORDER BY id`,
    [recordId],
  );

describe('R1.10 the review queue', () => {
  test('lists the likeliest first, and by reason, state and search', async () => {
    await createPair('Queue Low', { reasons: { nameAndCity: 2 }, score: 35 });
    await createPair('Queue High', { reasons: { phone: 2, email: 2 }, score: 100 });
    await createPair('Queue Shared', { reasons: { phone: 57 }, score: 10 });
    await createPair('Queue Gone', { state: 'dismissed' });
    expect(await namesIn(manager, '/duplicates?q=Queue')).toEqual([
      'Queue High A',
      'Queue Low A',
      'Queue Shared A',
    ]);
    expect(await namesIn(manager, '/duplicates?q=Queue&sort=score')).toEqual([
      'Queue Shared A',
      'Queue Low A',
      'Queue High A',
    ]);
    expect(await namesIn(manager, '/duplicates?q=Queue&reason=nameAndCity')).toEqual(['Queue Low A']);
    expect(await namesIn(manager, '/duplicates?q=Queue&state=dismissed')).toEqual(['Queue Gone A']);
    expect(await namesIn(manager, '/duplicates?q=Queue&state=open')).toHaveLength(3);
    const page = await manager.page('/duplicates?q=Queue');
    expect(page('#list').text()).toContain('same phone (57 customers)');
    expect(page('#list').text()).toContain('very likely');
  });

  test('goes on by keyset through pairs of equal score', async () => {
    for (let index = 0; index < 60; index += 1) await createPair(`Many ${index}`, { score: 50 });
    const first = await manager.page('/duplicates?q=Many');
    const next = first('.pager a[rel="next"], a[href*="after="]').first().attr('href') ?? '';
    const names = [...(await namesIn(manager, '/duplicates?q=Many')), ...(await namesIn(manager, next))];
    expect(new Set(names).size).toBe(60);
  });

  test('a dismissed pair leaves it with an event, and comes back by undo', async () => {
    const { id, firstId, secondId } = await createPair('Dismissed');
    const record = [firstId, secondId].sort()[0] ?? '';
    expect((await manager.post(`/duplicates/${id}/dismissal`)).headers['location']).toBe('/duplicates');
    expect(await namesIn(manager, '/duplicates?q=Dismissed')).toEqual([]);
    expect((await manager.post(`/duplicates/${id}/dismissal`)).status).toBe(409);
    const shown = await manager.page(`/duplicates/${id}`);
    expect(shown('main').text()).toContain(`${manager.user.name} decided`);
    const undo = `/duplicates/${id}/reopening`;
    expect(shown(`form[action="${undo}"]`).length).toBe(1);
    expect((await manager.post(undo)).status).toBe(303);
    expect((await manager.post(undo)).status).toBe(409);
    expect(await namesIn(manager, '/duplicates?q=Dismissed')).toEqual(['Dismissed A']);
    expect(await eventsOf(record)).toEqual([
      { action: 'duplicates.dismissed', actor_id: manager.user.id },
      { action: 'duplicates.reopened', actor_id: manager.user.id },
    ]);
  });

  test('a merged pair leaves it, is listed as merged, and is back after undo, with nothing written by hand', async () => {
    const { id, firstId } = await createPair('Merged');
    const { action, fields } = await proposedForm(manager, `/duplicates/${id}`);
    expect(fields['origin']).toBe('queue');
    const response = await manager.post(action, { ...fields, survivor: 'first', name: 'first' });
    expect(response.headers['location']).toBe('/duplicates');
    expect(await namesIn(manager, '/duplicates?q=Merged')).toEqual([]);
    expect((await manager.get(`/duplicates/${id}`)).status).toBe(404);
    const merged = await manager.page('/duplicates?q=Merged&state=merged');
    expect(merged('#list tbody a').attr('href')).toMatch(/^\/customers\//);
    await manager.post('/duplicates/scan');
    await product.runTasks();
    expect(await namesIn(manager, '/duplicates?q=Merged&state=merged')).toEqual(['Merged A']);
    expect((await manager.post(await lastUndo(manager))).status).toBe(303);
    expect((await manager.get(`/customers/${firstId}`)).status).toBe(200);
  });
});

describe('R1.10, R1.15 scope', () => {
  test('canary: of pairs that reach out of the permission nothing is told, not even their number', async () => {
    const teamId = await createTeam(product.deps);
    const member = await product.signIn({
      teamIds: [teamId],
      grants: { 'customers:read': 'all', 'customers:merge': 'team' },
    });
    const own = await createCustomer(product.deps, { name: 'Canary Own', teamId });
    const foreign = await createCustomer(product.deps, {
      name: 'Canary Foreign',
      customerNo: 'CANARY-77',
      phone: '+8613700007777',
    });
    const mixed = await createDuplicatePair(product.deps, { customerIds: [own.id, foreign.id] });
    const within = await createPair('Canary Within', { teamId });
    const paths = [
      '/duplicates',
      '/duplicates?q=Canary',
      '/duplicates?state=dismissed',
      '/duplicates?q=13700007777',
    ];
    for (const path of paths) {
      const { text } = await member.get(path);
      expect(text, path).not.toMatch(/Canary Foreign|CANARY-77|7777<|137\*\*\*\*7777/);
    }
    expect(await namesIn(member, '/duplicates')).toEqual(['Canary Within A']);
    expect((await member.page('/duplicates'))('#list-count').text()).toBe('1');
    for (const address of [`/duplicates/${mixed}`, `/duplicates/${newId()}`, '/duplicates/nobody']) {
      expect((await member.get(address)).status, address).toBe(404);
    }
    expect((await member.post(`/duplicates/${mixed}/dismissal`)).status).toBe(404);
    expect((await member.post(`/duplicates/${mixed}/reopening`)).status).toBe(404);
    expect((await member.get(`/duplicates/${within.id}`)).status).toBe(200);
  });

  test('pages: ok, 422 for what they do not know, 403 without permission, 303 without sign-in', async () => {
    const { id } = await createPair('Pages');
    const agent = await product.signIn({ role: 'agent' });
    for (const path of ['/duplicates', `/duplicates/${id}`, '/duplicates/scan']) {
      expect((await manager.get(path)).status, path).toBe(200);
      expect((await agent.get(path)).status, path).toBe(403);
      expect((await product.anonymous().get(path)).status, path).toBe(303);
    }
    expect((await agent.post(`/duplicates/${id}/dismissal`)).status).toBe(403);
    expect((await agent.post(`/duplicates/${id}/reopening`)).status).toBe(403);
    for (const path of ['/duplicates?state=gone', '/duplicates?reason=x', '/duplicates?sort=name']) {
      expect((await manager.get(path)).status, path).toBe(422);
    }
  });
});
