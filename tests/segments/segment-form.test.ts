import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createCustomer } from '../support/factories/customer.js';
import { createTeam } from '../support/factories/team.js';
import type { TestClient } from '../support/client.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { inSuzhou, removeEverything, segmentForm } from './segment-steps.js';

const today = '2026-03-31';

let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  product.setNow(new Date(`${today}T12:00:00Z`));
  manager = await product.signIn({ role: 'manager' });
});
afterAll(() => product.close());
beforeEach(() => removeEverything(product));

describe('R1.13 filling in the form', () => {
  test('adds and removes rules and groups and keeps everything typed, without saving', async () => {
    const typed = segmentForm({ id: newId(), name: 'Draft', kind: 'static' }, inSuzhou);
    const withGroup = await manager.post('/segments/draft', { ...typed, edit: 'addGroup:0' });
    expect(withGroup.status).toBe(200);
    expect(withGroup.text).toContain('name="rule-0-1-match"');
    expect(withGroup.text).toContain('name="rule-0-1-0-field"');
    expect(withGroup.text).toContain('value="suzhou"');
    expect(withGroup.text).toContain('value="Draft"');
    const removed = await manager.post('/segments/draft', { ...typed, edit: 'remove:0-0' });
    expect(removed.text).not.toContain('rule-0-0-field');
    expect(await product.query(z.unknown(), 'SELECT 1 FROM segments')).toEqual([]);
  });

  test('offers no third group within groups and no 31st rule', async () => {
    const deep = {
      'rule-0-0-match': 'any',
      'rule-0-0-0-match': 'any',
      'rule-0-0-0-0-field': 'city',
      'rule-0-0-0-0-operator': 'isEmpty',
    };
    const typed = segmentForm({ id: newId(), name: '', kind: 'dynamic', ...deep }, []);
    const page = await manager.post('/segments/draft', { ...typed, edit: 'refresh:0' });
    expect(page.text).toContain('value="addGroup:0-0"');
    expect(page.text).not.toContain('value="addGroup:0-0-0"');
    const many = Array.from({ length: 30 }, () => ['city', 'isEmpty'] as const);
    const full = await manager.post('/segments/draft', {
      ...segmentForm({ id: newId(), name: '', kind: 'dynamic' }, many),
      edit: 'refresh:0',
    });
    expect(full.text).not.toContain('addCondition');
    const more = await manager.post('/segments/draft', {
      ...segmentForm({ id: newId(), name: '', kind: 'dynamic' }, [...many, ['city', 'isEmpty']]),
      edit: 'refresh:0',
    });
    expect(more.status).toBe(422);
    expect(more.text).toContain('at most 30 rules');
  });

  test('counts who fits, names examples, and says so while rules are unfinished', async () => {
    await createCustomer(product.deps, { name: 'Anna', city: 'Suzhou' });
    await createCustomer(product.deps, { name: 'Ben', city: 'Shanghai' });
    const typed = segmentForm({ id: newId(), name: '', kind: 'dynamic' }, inSuzhou);
    const counted = await manager.post('/segments/draft', { ...typed, edit: 'count:0' });
    expect(counted.text).toContain('1 of 2 customers fit.');
    expect(counted.text).toContain('For example Anna');
    const unfinished = segmentForm({ id: newId(), name: '', kind: 'dynamic' }, [['city', 'contains', '']]);
    const answer = await manager.post('/segments/draft', { ...unfinished, edit: 'count:0' });
    expect(answer.text).toContain('Finish the rules');
  });

  test('counts only those whom the viewer sees', async () => {
    await createCustomer(product.deps, { name: 'Anna', city: 'Suzhou' });
    const teamId = await createTeam(product.deps);
    await createCustomer(product.deps, { name: 'Berta', city: 'Suzhou', teamId });
    const leader = await product.signIn({
      grants: { 'customers:read': 'team', 'segments:manage': 'all' },
      teamIds: [teamId],
    });
    const typed = segmentForm({ id: newId(), name: '', kind: 'dynamic' }, inSuzhou);
    const counted = await leader.post('/segments/draft', { ...typed, edit: 'count:0' });
    expect(counted.text).toContain('1 of 1 customer fits.');
    expect(counted.text).not.toContain('Anna');
  });
});
