import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { summaryReach } from '../../src/modules/evaluations/evaluations.queries.js';
import { textOf } from '../architecture/canary-values.js';
import { openTestRequest } from '../surveys/requests.js';
import type { TestClient } from '../support/client.js';
import { createCustomer } from '../support/factories/customer.js';
import { createSurvey, type SurveyOptions } from '../support/factories/survey.js';
import { factoryActor } from '../support/factories/sequence.js';
import { createTeam } from '../support/factories/team.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
let manager: TestClient;
let agent: TestClient;
let account: TestClient;
const requests: Record<'good' | 'low' | 'open' | 'colleague', string> = {
  good: '',
  low: '',
  open: '',
  colleague: '',
};

beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager' });
  const teamId = await createTeam(product.deps);
  agent = await product.signIn({ role: 'agent', teamIds: [teamId], name: 'Agent One' });
  account = await product.signIn({ grants: { 'evaluations:read': 'team' }, teamIds: [teamId] });
  const day = (number: number) => new Date(Date.now() - number * 86_400_000);
  requests.good = await ask(agent, teamId, {
    closedAt: day(3),
    answer: { service: 5, staff: 4, comment: '=1+1 很好' },
  });
  requests.low = await ask(agent, teamId, { closedAt: day(2), answer: { service: 2, staff: 5 } });
  requests.open = await ask(agent, teamId, { closedAt: day(1) });
  requests.colleague = await ask(manager, undefined, { closedAt: day(400), answer: { service: 3 } });
  const low = await product.query(
    z.object({ customer_id: z.string() }),
    'SELECT customer_id FROM surveys WHERE request_id = $1',
    [requests.low],
  );
  const again = { requestId: requests.low, customerId: low[0]?.customer_id ?? '', round: 2 };
  await createSurvey(product.deps, { ...again, closedAt: day(0), answer: { service: 4 } });
});
afterAll(() => product.close());

async function ask(
  { user }: TestClient,
  teamId: string | undefined,
  options: Pick<SurveyOptions, 'closedAt' | 'answer'>,
): Promise<string> {
  const { id: customerId } = await createCustomer(product.deps, { phone: '+8613812340000' });
  const parts = { customerId, assigneeId: user.id, ...(teamId !== undefined && { teamId }) };
  const requestId = await openTestRequest(product, parts);
  const about = { requestId, customerId, staffId: user.id, staffName: user.name };
  await createSurvey(product.deps, { ...about, ...options });
  return requestId;
}

const rowsOf = async (client: TestClient, query = ''): Promise<number> =>
  (await client.page(`/evaluations${query}`))('#list tbody tr').length;

describe('R2.8 R2.9 the list of evaluations', () => {
  test('shows what customers answered, and adds up the last year with the numbers behind each mean', async () => {
    const page = await manager.page('/evaluations');
    expect(page('#list tbody tr').length).toBe(5);
    expect(page(`#list a[href="/service-requests/${requests.good}"]`).length).toBe(1);
    const summary = page('.subtitle').first().text();
    expect(summary).toContain('3 of 4 answered (75 %)');
    expect(summary).toContain('service 3.7 (3)');
    expect(summary).toContain('person 4.5 (2)');
    expect(summary).toContain('recovered 1 of 1');
    expect(page.html()).not.toContain('12340000');
  });

  test('filters', async () => {
    const today = new Date().toISOString().slice(0, 10);
    const { id } = agent.user;
    const expected: readonly (readonly [string, number])[] = [
      ['?kind=low', 1],
      ['?kind=comment', 1],
      ['?kind=waiting', 1],
      ['?kind=answered', 4],
      ['?score=5', 1],
      [`?staff=${id}`, 3],
      [`?from=2020-01-01&to=${today}&staff=${id}`, 3],
      ['?to=2020-01-01', 0],
      ['?q=sr-', 5],
      ['?q=SR-1999', 0],
    ];
    for (const [query, count] of expected) expect(await rowsOf(manager, query), query).toBe(count);
    const page = await manager.page(`/evaluations?staff=${id}`);
    expect(page('.notice').text()).toContain('Fewer than 10 answers');
    for (const query of ['kind=x', 'score=6', 'staff=x', 'from=2026-02-30', 'after=x', 'sort=score'])
      expect((await manager.get(`/evaluations?${query}`)).status, query).toBe(422);
  });

  test('own: about the viewer; team: of their teams; nobody else', async () => {
    expect(await rowsOf(agent)).toBe(3);
    expect(await rowsOf(account)).toBe(4);
    expect((await (await product.signIn({ role: null })).get('/evaluations')).status).toBe(403);
    expect((await account.get('/evaluations.xlsx')).status).toBe(403);
  });

  test('leaves as Excel and CSV, with formulas made harmless and a trace in the log', async () => {
    const csv = z.instanceof(Buffer).parse((await manager.download('/evaluations.csv')).body);
    expect(csv.toString('utf8').trim().split('\n').length).toBe(6);
    expect(csv.toString('utf8')).not.toMatch(/(^|,|")=1\+1/m);
    const xlsx = await manager.download('/evaluations.xlsx?kind=low');
    expect(textOf(z.instanceof(Buffer).parse(xlsx.body))).toContain('Agent One');
    const log = await product.query(
      z.object({ action: z.string() }),
      `SELECT action FROM audit_log WHERE action = 'exports.started' AND actor_id = $1`,
      [manager.user.id],
    );
    expect(log.length).toBe(2);
    expect((await manager.get('/evaluations.csv?after=x')).status).toBe(422);
  });

  test('what was asked about a deleted request is neither listed nor added up, whatever the list is filtered by', async () => {
    const summaries = async () => {
      const pages = await Promise.all(['', '?q=sr-'].map((query) => manager.page(`/evaluations${query}`)));
      return pages.map((page) => page('.subtitle').first().text().trim());
    };
    const before = await summaries();
    const id = await ask(agent, undefined, { closedAt: new Date(), answer: { service: 1, staff: 1 } });
    const [plain, filtered] = await summaries();
    expect(plain).toContain('4 of 5 answered');
    expect(filtered).toBe(plain);
    await unitOfWork({ deps: product.deps, actor: factoryActor }, 'factory.changed', (tx) =>
      tx.serviceRequest.update({ where: { id }, data: { deletedAt: new Date() } }),
    );
    expect(await summaries()).toEqual(before);
    expect(before[0]).toBe(before[1]);
  });
});

describe('R2.9 budget: the sum of many', () => {
  const copies = (count: number) =>
    product.query(
      z.unknown(),
      `WITH actor AS MATERIALIZED (SELECT set_config('audit.actor_name', 'test', true), set_config('audit.action', 'test.copied', true))
       INSERT INTO surveys (id, request_id, customer_id, round, closed_at, locale, token_hash, sent_by, expires_at, answered_at, service_score)
       SELECT gen_random_uuid(), request_id, customer_id, 1, closed_at - make_interval(secs => number), locale,
              gen_random_uuid()::text, 'email', expires_at, closed_at, 5
       FROM surveys, actor, generate_series(1, $1::integer) AS number WHERE request_id = $2`,
      [count, requests.good],
    );
  const summaryOf = async (query: string) =>
    (await manager.page(`/evaluations${query}`))('.subtitle').first().text();

  test('stays for a minute where it is of more than a thousand, for each filter; of fewer it is new each time', async () => {
    await copies(summaryReach.keptFrom);
    const before = await summaryOf('');
    expect(before).toContain('1,003 of 1,004 answered');
    const low = await summaryOf('?kind=low');
    await ask(agent, undefined, { closedAt: new Date(), answer: { service: 1, staff: 1 } });
    expect(await summaryOf('')).toBe(before);
    expect(low).toContain('1 of 1 answered');
    expect(await summaryOf('?kind=low')).toContain('2 of 2 answered');
  });
});
