import { load } from 'cheerio';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { nonceOf, passSeconds } from '../personal-links/visits.js';
import { createCustomer } from '../support/factories/customer.js';
import { createSurvey, type SurveyOptions, type TestSurvey } from '../support/factories/survey.js';
import { createUser } from '../support/factories/user.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { openTestRequest } from './requests.js';

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
});
afterAll(() => product.close());

interface Asked extends TestSurvey {
  readonly requestId: string;
  readonly customerId: string;
  readonly path: string;
}

async function ask(options: Partial<SurveyOptions> = {}): Promise<Asked> {
  const customer = await createCustomer(product.deps);
  const staff = await createUser(product.deps, { role: 'agent', name: 'Wang Fang' });
  const requestId = await openTestRequest(product, { customerId: customer.id, assigneeId: staff.id });
  const customerId = customer.id;
  const about = { requestId, customerId, staffId: staff.id, staffName: staff.name };
  const survey = await createSurvey(product.deps, { ...about, ...options });
  return { ...survey, requestId, customerId, path: `/p/survey/${survey.token}` };
}

const Answered = z.object({
  answered_at: z.date().nullable(),
  service_score: z.number().nullable(),
  staff_score: z.number().nullable(),
  reasons: z.array(z.string()),
  comment: z.string().nullable(),
});
const stored = async ({ id }: TestSurvey) => {
  const [row] = await product.query(Answered, 'SELECT * FROM surveys WHERE id = $1', [id]);
  return row;
};
const Correction = z.object({ service_score: z.number(), comment: z.string().nullable() });
const corrections = ({ id }: TestSurvey) =>
  product.query(Correction, 'SELECT * FROM survey_corrections WHERE survey_id = $1', [id]);

describe('R2.8 the page of a survey', () => {
  test('asks for two scores, in the language of the link or the one chosen, and sets no cookie', async () => {
    const survey = await ask();
    const response = await product.anonymous().get(survey.path);
    expect(response.status).toBe(200);
    expect(response.headers['set-cookie']).toBeUndefined();
    expect(response.headers['referrer-policy']).toBe('no-referrer');
    expect(response.headers['x-robots-tag']).toContain('noindex');
    expect(response.headers['cache-control']).toBe('no-store');
    const page = load(response.text);
    expect(page('input[name="serviceScore"]').length).toBe(5);
    expect(page('main').text()).toContain('Wang Fang, who served you');
    const chinese = await product.anonymous().page(`${survey.path}?lang=zh-CN`);
    expect(chinese('html').attr('lang')).toBe('zh-CN');
    expect(chinese('main').text()).toContain('服务怎么样');
    expect((await product.anonymous().get(`${survey.path}?lang=de`)).status).toBe(422);
  });

  test('is the same 404 for unknown, expired and revoked links, and for customers who are gone', async () => {
    const past = new Date(Date.now() - 1_000);
    const gone = await ask();
    const administrator = await product.signIn();
    await administrator.post(`/customers/${gone.customerId}/deletion`, { version: '1' });
    const paths = [
      `/p/survey/${'x'.repeat(43)}`,
      (await ask({ expiresAt: past })).path,
      (await ask({ revokedAt: past })).path,
      gone.path,
      '/p/survey/null',
    ];
    const bodies = new Set<string>();
    for (const path of paths) {
      const response = await product.anonymous().get(path);
      expect(response.status, path).toBe(404);
      bodies.add(load(response.text)('main').text());
      expect((await product.anonymous().post(path, { serviceScore: '5', nonce: 'x.y.z' })).status).toBe(404);
    }
    expect(bodies.size).toBe(1);
  });
});

describe('R2.8 an answer', () => {
  test('is stored with its reasons and stands in the log as the customer’s', async () => {
    const survey = await ask();
    const visitor = product.anonymous();
    const nonce = await nonceOf(visitor, survey.path);
    passSeconds(product, 3);
    const fields = { serviceScore: '5', staffScore: '4', comment: ' Thank you ', nonce };
    const response = await visitor.post(survey.path, { ...fields, reasons: ['quick', 'price'] });
    expect(response.headers['location']).toBe(`${survey.path}?sent=answer`);
    expect((await visitor.page(`${survey.path}?sent=answer`))('main').text()).toContain('Thank you');
    const row = await stored(survey);
    expect(row).toMatchObject({ service_score: 5, staff_score: 4, comment: 'Thank you', reasons: ['quick'] });
    const log = await product.query(
      z.object({ actor_name: z.string(), action: z.string() }),
      `SELECT actor_name, action FROM audit_log WHERE table_name = 'surveys' AND record_id = $1 AND operation = 'update'`,
      [survey.id],
    );
    expect(log).toEqual([{ actor_name: 'customer', action: 'surveys.answered' }]);
    product.setNow(undefined);
  });

  test('that comes later is a correction; the same form sent again changes nothing', async () => {
    const survey = await ask();
    const visitor = product.anonymous();
    const [first, second] = [await nonceOf(visitor, survey.path), await nonceOf(visitor, survey.path)];
    passSeconds(product, 3);
    await visitor.post(survey.path, { serviceScore: '4', nonce: first });
    const again = await visitor.post(survey.path, { serviceScore: '1', nonce: first });
    expect(again.headers['location']).toContain('sent=again');
    expect(await corrections(survey)).toEqual([]);
    const corrected = await visitor.post(survey.path, {
      serviceScore: '3',
      comment: 'Rather',
      nonce: second,
    });
    expect(corrected.headers['location']).toContain('sent=correction');
    expect(await stored(survey)).toMatchObject({ service_score: 4 });
    expect(await corrections(survey)).toEqual([{ service_score: 3, comment: 'Rather' }]);
    product.setNow(undefined);
  });

  test('of a scanner, which opens links and posts what it finds, changes nothing', async () => {
    const [survey, other] = [await ask(), await ask()];
    const scanner = product.anonymous();
    const foreign = await nonceOf(scanner, other.path);
    const own = await nonceOf(scanner, survey.path);
    for (const nonce of [own, '', 'x', `${own}x`, own.replace(/^\w+/, 'zzzzzzzz')]) {
      const response = await scanner.post(survey.path, { serviceScore: '1', comment: 'Kept', nonce });
      expect(response.status, nonce).toBe(422);
      const form = load(response.text);
      expect(form('textarea').text().trim()).toBe('Kept');
      expect(form('input[name="serviceScore"][value="1"]').is('[checked]')).toBe(true);
      expect(form('input[name="nonce"]').attr('value')).not.toBe(nonce);
    }
    expect((await scanner.post(survey.path, { serviceScore: '1' })).status).toBe(422);
    passSeconds(product, 3);
    expect((await scanner.post(survey.path, { serviceScore: '1', nonce: foreign })).status).toBe(422);
    passSeconds(product, 23 * 3_600);
    expect((await stored(survey))?.answered_at).toBeNull();
    product.setNow(undefined);
  });

  test('without a score, with one that there is not, or a reason that nobody offers is refused', async () => {
    const survey = await ask();
    const visitor = product.anonymous();
    const nonce = await nonceOf(visitor, survey.path);
    passSeconds(product, 3);
    for (const fields of [
      { comment: 'x' },
      { serviceScore: '6' },
      { serviceScore: '5', reasons: 'bribe' },
      { serviceScore: '5', comment: 'x'.repeat(2_001) },
      { serviceScore: '5', more: 'x' },
    ]) {
      const response = await visitor.post(survey.path, { nonce, ...fields });
      expect(response.status).toBe(422);
    }
    expect((await stored(survey))?.answered_at).toBeNull();
    product.setNow(undefined);
  });

  test('is one rating, whoever sends 50 at once; the others are corrections or refused', async () => {
    const survey = await ask();
    const visitor = product.anonymous();
    const nonces: string[] = [];
    for (let index = 0; index < 10; index += 1) nonces.push(await nonceOf(visitor, survey.path));
    passSeconds(product, 3);
    const sent = Array.from({ length: 50 }, (_, index) => ({
      nonce: nonces[index % 10] ?? '',
      score: (index % 3) + 3,
    }));
    const responses = await Promise.all(
      sent.map(({ nonce, score }) => visitor.post(survey.path, { serviceScore: String(score), nonce })),
    );
    const results = responses.map(({ headers }) => /sent=(\w+)/.exec(String(headers['location']))?.[1]);
    expect(results.filter((result) => result === 'answer').length).toBe(1);
    expect(results.filter((result) => result === 'correction').length).toBe(9);
    expect(results.filter((result) => result === 'again').length).toBe(40);
    expect((await corrections(survey)).length).toBe(9);
    product.setNow(undefined);
  }, 30_000);
});
