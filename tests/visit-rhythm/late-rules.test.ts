import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { TestClient } from '../support/client.js';
import { createContactRecord } from '../support/factories/contact-record.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { createVisitor } from './visits.js';

const today = '2026-06-30';
const path = '/admin/visit-rhythm';

let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  product.setNow(new Date(`${today}T04:00:00Z`));
  manager = await product.signIn({ role: 'manager' });
});
afterAll(() => product.close());

/** Came every 28 days, the last time so many days ago. */
const visitor = (name: string, last: number) =>
  createVisitor(product, today, { name, daysAgo: [last + 84, last + 56, last + 28, last] });

const names = async (client: TestClient, address: string): Promise<string[]> => {
  const page = await client.page(address);
  return page('#list a.row-link')
    .toArray()
    .map((link) => page(link).text());
};

const rules = { toleranceDays: '3', goneIntervals: '3', restDays: '14', maximumAttempts: '3', version: '0' };

describe('R1.15 the rules of late visits', () => {
  test('a new number moves customers to another group at once, here and in the list of customers', async () => {
    await visitor('Eight days late', 36);
    await visitor('Two intervals', 60);
    const tried = await visitor('Tried once', 40);
    await createContactRecord(product.deps, {
      customerId: tried.id,
      happenedAt: new Date('2026-06-10T04:00:00Z'),
    });
    expect(await names(manager, '/late-visits')).toEqual(['Eight days late', 'Tried once', 'Two intervals']);

    const changed = { ...rules, toleranceDays: '10', goneIntervals: '2', maximumAttempts: '1' };
    expect((await manager.post(path, changed)).headers['location']).toBe(path);
    expect(await names(manager, '/late-visits')).toEqual([]);
    expect(await names(manager, '/late-visits?group=tried')).toEqual(['Tried once']);
    expect(await names(manager, '/late-visits?group=gone')).toEqual(['Two intervals']);
    expect(await names(manager, '/customers?late=tried')).toEqual(['Tried once']);
    expect(await names(manager, '/customers?late=gone')).toEqual(['Two intervals']);
    const list = await manager.page('/late-visits?group=gone');
    expect(list('main').text()).toContain('more than 2 of their intervals ago');

    const audited = await product.query(
      z.object({ id: z.string(), after: z.object({ value: z.unknown() }) }),
      `SELECT id::text, after FROM audit_log WHERE action = 'visit-rhythm.rules-changed'`,
    );
    expect(audited.map(({ after }) => after.value)).toEqual([
      { toleranceDays: 10, goneIntervals: 2, restDays: 14, maximumAttempts: 1 },
    ]);
    const entry = await (
      await product.signIn({ role: 'auditor' })
    ).page(`/admin/audit-log/${audited[0]?.id ?? ''}`);
    expect(entry('main').text()).toContain('Attempts for one visit, at most');
    expect(entry('main').text()).not.toContain('{');
  });

  test('refuses numbers out of range and keeps them; an old form is a conflict; others may not', async () => {
    const refused = await manager.post(path, { ...rules, restDays: '91', version: '1' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('value="91"');
    expect((await manager.post(path, rules)).status).toBe(409);
    expect((await manager.post(path, { ...rules, version: '1' })).status).toBe(303);
    expect((await manager.post(path, { ...rules, version: '1' })).status).toBe(409);
    const agent = await product.signIn({ role: 'agent' });
    expect([(await agent.get(path)).status, (await agent.post(path, rules)).status]).toEqual([403, 403]);
    expect((await agent.page('/late-visits'))(`a[href="${path}"]`)).toHaveLength(0);
    expect((await manager.page('/late-visits'))(`a[href="${path}"]`)).toHaveLength(1);
  });
});

describe('R1.15 the export of late visits', () => {
  test('has the rows of the list, and leaves its trace', async () => {
    await visitor('Exported, late', 45);
    const list = await manager.page('/late-visits?q=Exported');
    const link = list('.downloads a[href^="/late-visits.csv"]').attr('href') ?? '';
    const csv = String((await manager.download(link)).body);
    expect(csv.trim().split('\n')).toHaveLength(2);
    expect(csv).toMatch(/Exported, late.*Haircut.*Every 28 days, own rhythm.*,17,0,/);
    const file = await manager.download('/late-visits.xlsx?group=gone&sort=name');
    expect(file.status).toBe(200);
    const [trace] = await product.query(
      z.object({ after: z.object({ filter: z.array(z.string()) }) }),
      `SELECT after FROM audit_log WHERE action = 'exports.started' ORDER BY id LIMIT 1`,
    );
    expect(trace?.after.filter[0]).toBe('Late');
    expect(JSON.stringify(trace)).not.toContain('Exported');
  });

  test('is refused without the permission and for unknown values', async () => {
    const reader = await product.signIn({ grants: { 'customers:read': 'all' } });
    expect((await reader.get('/late-visits.csv')).status).toBe(403);
    expect((await reader.page('/late-visits'))('.downloads')).toHaveLength(0);
    expect((await manager.get('/late-visits.xlsx?group=early')).status).toBe(422);
    expect((await manager.get(`/late-visits.xlsx?after=${newId()}`)).status).toBe(422);
  });
});
