import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import type { Dependencies, PublicContext } from '../context.js';
import { asLocale, preferredLocale, translator, type Locale } from '../i18n.js';
import type { Viewer } from '../viewer.js';

export const localeCookie = 'locale';

declare module 'express-serve-static-core' {
  interface Request {
    requestId: string;
  }
}

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- passport types its user through this namespace
  namespace Express {
    // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- the same
    interface User extends Viewer {}
  }
}

/** Gives every request an id: in the log, in the audit, on error pages, and in the header X-Request-Id. */
export const assignRequestId: RequestHandler = (req, res, next) => {
  req.requestId = randomUUID();
  res.setHeader('X-Request-Id', req.requestId);
  next();
};

/** The language of a request: the user's own, then the one chosen on this browser, then what the browser asks for. */
export function localeOf(req: Request): Locale {
  const cookies: Readonly<Record<string, unknown>> = req.cookies;
  const chosen = cookies[localeCookie];
  return (
    req.user?.locale ??
    asLocale(typeof chosen === 'string' ? chosen : undefined) ??
    preferredLocale(req.headers['accept-language'])
  );
}

/** The context of a request: its viewer, if somebody is signed in, is also the actor of all it changes. */
export function contextOf(deps: Dependencies, req: Request): PublicContext {
  const viewer = req.user;
  const locale = localeOf(req);
  return {
    deps,
    viewer,
    locale,
    t: translator(locale),
    actor: {
      id: viewer?.id ?? null,
      name: viewer?.name ?? 'anonymous',
      requestId: req.requestId,
      address: req.ip ?? '',
    },
  };
}
