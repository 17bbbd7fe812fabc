import { load } from 'cheerio';
import supertest, { type Response } from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createUser } from '../support/factories/user.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct({ environment: { BASE_URL: 'https://crm.example', TRUST_PROXY: '1' } });
});
afterAll(() => product.close());

function cookiesOf(response: Response): string[] {
  const lines: unknown = response.headers['set-cookie'];
  return Array.isArray(lines) ? lines.map(String) : [];
}

/** The token of a sign-in form, and the cookies that came with it. */
async function openSignIn(): Promise<{ token: string; cookie: string }> {
  const page = await supertest(product.app).get('/login');
  return {
    token: load(page.text)('input[name="_csrf"]').attr('value') ?? '',
    cookie: cookiesOf(page)
      .map((line) => line.split(';')[0] ?? '')
      .join('; '),
  };
}

async function send(
  headers: Readonly<Record<string, string>>,
  fields?: Readonly<Record<string, string>>,
): Promise<number> {
  const { token, cookie } = await openSignIn();
  const response = await supertest(product.app)
    .post('/login')
    .set('Cookie', cookie)
    .set(headers)
    .type('form')
    .send({ _csrf: token, username: 'nobody', password: 'wrong', ...fields });
  return response.status;
}

describe('R5.6 forms of other sites', () => {
  test.each([
    ['the same site', { 'Sec-Fetch-Site': 'same-origin' }],
    ['an address typed by hand', { 'Sec-Fetch-Site': 'none' }],
    ['the same origin in an old browser', { Origin: 'https://crm.example' }],
    ['a program without either header', {}],
  ])('a form from %s is taken', async (_from, headers) => {
    expect(await send(headers)).toBe(401);
  });

  test.each([
    ['another site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['a sister domain', { 'Sec-Fetch-Site': 'same-site' }],
    [
      'another site that forges the origin',
      { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://crm.example' },
    ],
    ['another site in an old browser', { Origin: 'https://evil.example' }],
    ['a name that only begins alike', { Origin: 'https://crm.example.evil.example' }],
    ['the same name without encryption', { Origin: 'http://crm.example' }],
    ['a sandboxed frame', { Origin: 'null' }],
  ])('a form from %s is refused, even with a valid token', async (_from, headers) => {
    expect(await send(headers)).toBe(403);
  });

  test('a token is refused when it is missing, altered, doubled, or belongs to another browser', async () => {
    const other = await openSignIn();
    const { token } = await openSignIn();
    for (const forged of ['', 'x', token.slice(0, -1), `${token}0`, other.token]) {
      expect(await send({}, { _csrf: forged }), forged).toBe(403);
    }
  });
});

test('R5.6 cookies are for this host, over encryption, and out of reach of scripts', async () => {
  const user = await createUser(product.deps);
  const { token, cookie } = await openSignIn();
  const response = await supertest(product.app)
    .post('/login')
    .set({ Cookie: cookie, 'X-Forwarded-Proto': 'https' })
    .type('form')
    .send({ _csrf: token, username: user.username, password: user.password });
  expect(response.status).toBe(303);
  const cookies = [...cookiesOf(await supertest(product.app).get('/login')), ...cookiesOf(response)];
  expect(cookies.map((line) => line.split('=')[0])).toEqual(['__Host-csrf', '__Host-session']);
  for (const line of cookies) {
    for (const attribute of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/'])
      expect(line).toContain(attribute);
    expect(line).not.toContain('Domain=');
  }
});
