import { doubleCsrf } from 'csrf-csrf';
import type { Request, RequestHandler, Response } from 'express';
import type { Config } from '../../config.js';
import { Forbidden } from '../errors.js';
import { isPersonalPage } from './personal-pages.js';

export interface Csrf {
  /** The token for the forms of this response. */
  token(req: Request, res: Response): string;
  /** Refuses a request that another site made a browser send. Runs before the body is read. */
  readonly checkOrigin: RequestHandler;
  /** True when the body carries the token that belongs to this browser and sign-in. */
  hasToken(req: Request): boolean;
}

/** Forms carry a token bound to a cookie and to the sign-in; besides, browsers tell where a request comes from. */
export function createCsrf(config: Config, secret: string): Csrf {
  const secure = config.baseUrl.startsWith('https:');
  const { generateCsrfToken, validateRequest } = doubleCsrf({
    getSecret: () => secret,
    getSessionIdentifier: (req) => req.user?.loginSessionId ?? 'anonymous',
    cookieName: secure ? '__Host-csrf' : 'csrf',
    cookieOptions: { sameSite: 'lax', path: '/', secure, httpOnly: true },
    getCsrfTokenFromRequest: (req) => tokenOf(req.body),
  });
  return {
    token: (req, res) => generateCsrfToken(req, res),
    hasToken: (req) => validateRequest(req),
    checkOrigin(req, _res, next) {
      // Without a referrer older browsers send no origin either, and there is no session to misuse.
      if (req.method !== 'POST' || isPersonalPage(req.path) || isSameOrigin(req, config)) next();
      else next(new Forbidden('same-origin'));
    },
  };
}

function tokenOf(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('_csrf' in body)) return undefined;
  return typeof body._csrf === 'string' ? body._csrf : undefined;
}

/** Sec-Fetch-Site where the browser sends it, else Origin. Without either (old browsers, tools) the token alone decides. */
function isSameOrigin(req: Request, config: Config): boolean {
  const site = req.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const { origin } = req.headers;
  if (origin === undefined) return true;
  return (
    origin === new URL(config.baseUrl).origin || origin === `${req.protocol}://${req.headers.host ?? ''}`
  );
}
