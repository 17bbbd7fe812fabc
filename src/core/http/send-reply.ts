import { promisify } from 'node:util';
import type { Request, Response } from 'express';
import type { Config } from '../../config.js';
import type { PublicContext } from '../context.js';
import { flashView, frameView } from '../frame.js';
import type { PageBase } from '../page-base.js';
import { render } from '../render.js';
import type { Flash, Reply } from '../reply.js';
import { translator } from '../i18n.js';
import { productVersion } from '../version.js';
import { asset } from './assets.js';
import type { Csrf } from './csrf.js';
import { isPersonalPage, personalLayout } from './personal-pages.js';
import { localeCookie } from './request.js';
import { SignInRefused, type Sessions } from './session.js';

export interface Replies {
  send(reply: Reply, context: PublicContext, req: Request, res: Response): Promise<void>;
}

/** Turns replies into HTTP: the only place that touches the response. */
export function createReplies(config: Config, csrf: Csrf, sessions: Sessions): Replies {
  const send = async (reply: Reply, context: PublicContext, req: Request, res: Response): Promise<void> => {
    switch (reply.kind) {
      case 'page':
        res.status(reply.status).type('html');
        res.send(renderPage(reply, context, req, res));
        return;
      case 'fragment':
        res.type('html').send(render(reply.template, { ...pageBase(context, req, res), ...reply.view }));
        return;
      case 'redirect':
        if (reply.flash) await keepFlash(req, reply.flash);
        if (reply.locale)
          res.cookie(localeCookie, reply.locale, { maxAge: 31_536_000_000, sameSite: 'lax', httpOnly: true });
        res.redirect(303, localPath(reply.to));
        return;
      case 'data':
        res.status(reply.status).type(reply.contentType).send(reply.body);
        return;
      case 'download':
        res.attachment(reply.fileName).type(reply.contentType);
        res.setHeader('X-Content-Type-Options', 'nosniff');
        await reply.write(res);
        return;
      case 'sign-in':
        await signIn(reply, context, req, res);
        return;
      case 'sign-out':
        await sessions.signOut(req);
        res.redirect(303, reply.to);
    }
  };

  const signIn = async (
    reply: Extract<Reply, { kind: 'sign-in' }>,
    context: PublicContext,
    req: Request,
    res: Response,
  ): Promise<void> => {
    try {
      await sessions.signIn(req, res);
    } catch (error) {
      if (!(error instanceof SignInRefused)) throw error;
      await send(await reply.refused(error.problem), context, req, res);
      return;
    }
    res.redirect(303, localPath(reply.to));
  };

  const pageBase = (context: PublicContext, req: Request, res: Response): PageBase => ({
    t: context.t,
    locale: context.locale,
    csrfToken: isPersonalPage(req.path) ? '' : csrf.token(req, res),
    asset,
    currentUrl: req.originalUrl,
  });

  const renderPage = (
    reply: Extract<Reply, { kind: 'page' }>,
    context: PublicContext,
    req: Request,
    res: Response,
  ): string => {
    const { locale = context.locale } = reply;
    const base = pageBase({ ...context, locale, t: translator(locale) }, req, res);
    const flash = takeFlash(req);
    const title = 'title' in reply.view && typeof reply.view.title === 'string' ? reply.view.title : '';
    const body = render(reply.template, { ...base, ...reply.view });
    if (isPersonalPage(req.path)) {
      const place = { path: req.path, locale, productName: base.t('frame.productName') };
      const layout = personalLayout(reply.view, place);
      return render('layouts/personal', { ...base, ...layout, title, body });
    }
    if (reply.layout === 'plain' || !context.viewer) {
      const flashSentence = flash && flashView(context.t, flash);
      return render('layouts/plain', {
        ...base,
        title,
        body,
        theme: context.viewer?.theme ?? 'auto',
        flash: flashSentence,
      });
    }
    const frame = frameView(context.t, {
      viewer: context.viewer,
      path: req.path,
      flash,
      version: productVersion,
      environment: config.environment,
    });
    return render('layouts/application', { ...base, frame, title, body });
  };

  return { send };
}

/** Browsers follow a redirect before its last byte, which is all that express-session holds back until it has stored. */
async function keepFlash(req: Request, flash: Flash): Promise<void> {
  req.session.flash = flash;
  await promisify(req.session.save.bind(req.session))();
}

function takeFlash(req: Request): Flash | undefined {
  // An error may come before the session was read.
  if (!Object.hasOwn(req, 'session')) return undefined;
  const { flash } = req.session;
  delete req.session.flash;
  return flash;
}

/** Only paths of this product: a target that names another host becomes the home page. */
function localPath(target: string): string {
  const base = 'http://localhost';
  const url = URL.canParse(target, base) ? new URL(target, base) : undefined;
  if (
    !url ||
    url.origin !== base ||
    !target.startsWith('/') ||
    target.startsWith('//') ||
    target.includes('\\')
  )
    return '/';
  return `${url.pathname}${url.search}${url.hash}`;
}
