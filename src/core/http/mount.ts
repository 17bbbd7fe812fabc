import { Router, type Request, type RequestHandler, type Response } from 'express';
import type { Dependencies, PublicContext } from '../context.js';
import { Forbidden, SignInRequired } from '../errors.js';
import type { Access, Route } from '../route.js';
import { can } from '../viewer.js';
import { discardUploads, readBody, uploadedFiles } from './body.js';
import { isPersonalPage } from './personal-pages.js';
import { contextOf } from './request.js';
import type { Replies } from './send-reply.js';
import type { Csrf } from './csrf.js';

/** Pages that a user may see whose password must be changed first. */
const pathsBeforePasswordChange = ['/profile/password', '/profile/language', '/profile/theme', '/logout'];

/**
 * Puts route lines into Express. The order is the same for each: session (before this) → origin → permission → body and
 * CSRF token → params, query, body → handler → reply.
 */
export function mount(
  routes: readonly Route[],
  deps: Dependencies,
  csrf: Csrf,
  replies: Replies,
): RequestHandler {
  // A router tries its routes one after the other, and there are hundreds.
  const routers = new Map<string, Router>();
  for (const line of routes) {
    const segment = firstSegment(line.path);
    const router = routers.get(segment) ?? Router({ caseSensitive: true, strict: true });
    routers.set(segment, router);
    router[line.method](line.path, (req, res) => handle(line, deps, csrf, replies, req, res));
  }
  return (req, res, next) => {
    const router = routers.get(firstSegment(req.path));
    if (router) router(req, res, next);
    else next();
  };
}

const firstSegment = (path: string): string => path.split('/', 2)[1] ?? '';

async function handle(
  line: Route,
  deps: Dependencies,
  csrf: Csrf,
  replies: Replies,
  req: Request,
  res: Response,
): Promise<void> {
  const context = contextOf(deps, req);
  checkAccess(line.permission, context);
  if (
    context.viewer?.mustChangePassword &&
    !pathsBeforePasswordChange.includes(req.path) &&
    line.permission !== 'public'
  ) {
    res.redirect(303, '/profile/password');
    return;
  }
  try {
    if (line.method === 'post') {
      await readBody(req, res, line.upload);
      if (!isPersonalPage(req.path) && !csrf.hasToken(req)) throw new Forbidden('csrf-token');
    }
    const reply = await line.run(context, {
      params: textParams(req.params),
      query: req.query,
      body: withoutToken(req.body),
      files: uploadedFiles(req),
    });
    await replies.send(reply, context, req, res);
  } finally {
    await discardUploads(req);
  }
}

function checkAccess(permission: Access, context: PublicContext): void {
  if (permission === 'public') return;
  if (!context.viewer) throw new SignInRequired();
  if (permission !== 'signed-in' && !can(context.viewer, permission)) throw new Forbidden(permission);
}

function textParams(params: Request['params']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}

function withoutToken(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return {};
  const { _csrf, ...fields } = { _csrf: undefined, ...body };
  return fields;
}
