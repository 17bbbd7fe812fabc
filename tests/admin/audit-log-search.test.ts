import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import type { TestClient } from '../support/client.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { auditSentences } from './audit-of.js';

let product: TestProduct;
let auditor: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  auditor = await product.signIn({ role: 'auditor' });
});
afterAll(() => product.close());

const asLiWei = { id: null, name: 'Li Wei' };

describe('R5.3 finding things in the audit log', () => {
  test('filters by person, kind of record, action and operation, in words that can be taken away', async () => {
    const administrator = await product.signIn({ name: 'Zhao' });
    await administrator.post('/admin/branches', { name: 'Filtered' });
    await administrator.post('/admin/outbox/test-message', { address: 'a@example.com' });
    const person = `person=${administrator.user.id}`;
    expect(
      await auditSentences(auditor, `${person}&table=branches&action=branches.created&operation=insert`),
    ).toEqual(['Zhao created branch Filtered']);
    expect(await auditSentences(auditor, `${person}&operation=delete`)).toEqual([]);
    expect(await auditSentences(auditor, `${person}&table=outbox_messages`)).toEqual([
      'Zhao wrote a test message',
    ]);
    const page = await auditor.page(`/admin/audit-log?${person}&operation=insert`);
    expect(
      page('.active-filters .chip')
        .toArray()
        .map((chip) => page(chip).text().trim()),
    ).toEqual([`Person: Zhao (${administrator.user.username})`, 'Operation: Created']);
  });

  test('a period is days in the product’s time zone, both included', async () => {
    // 2031-03-31 and 2031-04-01 in Shanghai begin at 16:00 the day before in UTC.
    const moments = [
      '2031-03-30T15:59:59Z',
      '2031-03-30T16:00:00Z',
      '2031-03-31T15:59:59Z',
      '2031-03-31T16:00:00Z',
    ];
    for (const [index, moment] of moments.entries()) {
      await product.query(
        z.unknown(),
        `INSERT INTO audit_log (at, actor_name, action, operation) VALUES ($1, $2, 'period.tested', 'event')`,
        [moment, `moment ${index}`],
      );
    }
    const found = async (query: string) =>
      (await auditSentences(auditor, query)).filter((text) => text.includes('period.tested'));
    expect(await found('from=2031-03-31&to=2031-03-31')).toEqual([
      'moment 2: period.tested',
      'moment 1: period.tested',
    ]);
    expect(await found('from=2031-04-01')).toEqual(['moment 3: period.tested']);
    expect(await found('from=2031-03-01&to=2031-03-30')).toEqual(['moment 0: period.tested']);
    expect(await found('to=2031-03-30&from=')).toEqual(['moment 0: period.tested']);
  });

  test('refuses what it does not know', async () => {
    for (const query of [
      'table=sessions',
      'table=x%27--',
      'record=x',
      'action=no.such',
      'operation=truncate',
      'person=x',
      'from=2026-02-30',
      'from=2026-03-02&to=2026-03-01',
      'request=%27',
      'after=x',
      'sort=actor_name',
      'actor=1',
      'table=users&table=roles',
    ]) {
      expect((await auditor.get(`/admin/audit-log?${query}`)).status, query).toBe(422);
    }
    const cursorOfAnotherList = Buffer.from(
      JSON.stringify(['next', '1', '00000000-0000-7000-8000-000000000000']),
    ).toString('base64url');
    expect((await auditor.get(`/admin/audit-log?after=${cursorOfAnotherList}`)).status).toBe(422);
  });

  test('is closed to others', async () => {
    const agent = await product.signIn({ role: 'agent' });
    expect((await agent.get('/admin/audit-log')).status).toBe(403);
    expect((await agent.get('/admin/audit-log/1')).status).toBe(403);
  });

  test('pages forth and back without losing or repeating a row, the newest first, in six statements each', async () => {
    const name = 'Paged';
    await unitOfWork(
      { deps: product.deps, actor: asLiWei },
      'factory.created',
      (tx) =>
        tx.$executeRaw`INSERT INTO teams (id, name) SELECT gen_random_uuid(), ${name} || ' ' || n FROM generate_series(1, 120) AS n`,
    );
    const ids = await product.query(
      z.object({ id: z.string() }),
      `SELECT id::text FROM audit_log WHERE table_name = 'teams' AND actor_name = 'Li Wei' ORDER BY audit_log.id DESC`,
    );
    const query = '/admin/audit-log?table=teams&operation=insert';
    const seen: string[] = [];
    let path = query;
    let previous = '';
    const statements = vi.spyOn(pg.Client.prototype, 'query');
    while (path !== '') {
      statements.mockClear();
      const page = await auditor.page(path);
      expect(statements.mock.calls.length).toBeLessThanOrEqual(6);
      seen.push(
        ...page('.list tbody tr')
          .toArray()
          .map((row) => (page(row).attr('id') ?? '').replace('row-', '')),
      );
      previous = page('.pager a[rel=prev]').attr('href') ?? '';
      path = page('.pager a[rel=next]').attr('href') ?? '';
    }
    statements.mockRestore();
    expect(seen.slice(0, 120)).toEqual(ids.map(({ id }) => id));
    expect(new Set(seen).size).toBe(seen.length);
    const back = await auditor.page(previous);
    expect(back('.list tbody tr').first().attr('id')).toBe(`row-${seen[50] ?? ''}`);
  });
});
