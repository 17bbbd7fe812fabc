import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { isPersonalPage } from '../../src/core/http/personal-pages.js';
import { isPermission } from '../../src/core/permissions.js';
import { routes } from '../../src/routes.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { getRoutes, plainPaths, postRoutes, samplePath, shadows } from './route-paths.js';

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
});
afterAll(() => product.close());

const lines = (found: readonly { method: string; path: string }[]) =>
  found.map(({ method, path }) => `${method} ${path}`);

describe('R5.2 the list of routes', () => {
  test('every route names a permission of the product, or says that it needs none', () => {
    const unknown = routes.filter(
      ({ permission }) => permission !== 'public' && permission !== 'signed-in' && !isPermission(permission),
    );
    expect(lines(unknown)).toEqual([]);
  });

  test('R5.6 every POST has a body schema that refuses unknown fields', () => {
    const lax = postRoutes.filter(({ body }) => {
      const result = body?.safeParse({ 'no such field': 'x' });
      return !result?.error || !JSON.stringify(result.error.issues).includes('unrecognized_keys');
    });
    expect(lines(lax)).toEqual([]);
  });

  test('no route answers what a later one is meant for', () => {
    const hidden = routes.filter((later, index) =>
      routes.slice(0, index).some((earlier) => shadows(earlier, later)),
    );
    expect(lines(hidden)).toEqual([]);
  });
});

describe('R5.2 who is let in', () => {
  test('a stranger is sent to the sign-in page by every page that is not public', async () => {
    const stranger = product.anonymous();
    for (const route of getRoutes) {
      const response = await stranger.get(samplePath(route));
      const isSentAway =
        response.status === 303 && response.headers['location']?.startsWith('/login?returnTo=');
      expect(isSentAway, `GET ${route.path} answered ${response.status}`).toBe(route.permission !== 'public');
      expect(response.status, `GET ${route.path}`).toBeLessThan(500);
    }
  });

  test('a stranger cannot send a form that is not public', async () => {
    const stranger = product.anonymous();
    for (const route of postRoutes.filter(({ permission }) => permission !== 'public')) {
      expect((await stranger.post(samplePath(route))).status, `POST ${route.path}`).toBe(401);
    }
  });

  test('a user without any permission gets 403 from every route that asks for one', async () => {
    const powerless = await product.signIn({ role: null });
    for (const route of routes.filter(({ permission }) => isPermission(permission))) {
      const path = samplePath(route);
      const response = route.method === 'get' ? await powerless.get(path) : await powerless.post(path);
      expect(response.status, `${route.method} ${route.path}`).toBe(403);
    }
  });

  test('R5.6 a form without its token is refused by every POST, whoever sends it', async () => {
    const administrator = await product.signIn();
    const tokenRoutes = postRoutes.filter(({ path }) => !isPersonalPage(path));
    for (const route of tokenRoutes) {
      const path = samplePath(route);
      const response = route.upload
        ? await administrator.upload(
            path,
            { _csrf: 'second' },
            { field: route.upload.field, name: 'a.csv', content: Buffer.from('a') },
          )
        : await administrator.post(path, { _csrf: '' });
      expect(response.status, `POST ${route.path}`).toBe(403);
    }
    const denials = await product.query(
      z.object({ path: z.string() }),
      `SELECT after->>'path' AS path FROM audit_log
       WHERE action = 'access.denied' AND after->>'permission' = 'csrf-token' AND actor_id = $1
       ORDER BY id`,
      [administrator.user.id],
    );
    expect(denials.map(({ path }) => path)).toEqual(tokenRoutes.map(samplePath));
  });

  test('R5.6 forms behind personal links need no session; without such a link they reach nothing', async () => {
    const personalRoutes = postRoutes.filter(({ path }) => isPersonalPage(path));
    expect(personalRoutes.length).toBeGreaterThan(0);
    for (const route of personalRoutes) {
      expect(route.permission, route.path).toBe('public');
      const send = route.upload
        ? { field: route.upload.field, name: 'a.png', content: Buffer.from('a') }
        : undefined;
      const path = samplePath(route);
      const response = send
        ? await product.anonymous().upload(path, {}, send)
        : await product.anonymous().post(path, {});
      expect(response.status, `POST ${route.path}`).toBe(404);
    }
  });
});

test('R5.6 a parameter that a page does not know is refused, not ignored', async () => {
  const administrator = await product.signIn();
  for (const path of plainPaths) {
    expect((await administrator.get(`${path}?noSuchParameter=1`)).status, `GET ${path}`).toBe(422);
  }
});
