import type { ErrorRequestHandler, Request, Response } from 'express';
import type { Dependencies, PublicContext } from '../context.js';
import { Conflict, Forbidden, InvalidInput, ProductError, TooManyRequests, Unavailable } from '../errors.js';
import type { ErrorView } from '../views/error-view.js';
import { recordEvent } from '../events.js';
import { page } from '../reply.js';
import { pathForLog } from './personal-pages.js';
import { contextOf } from './request.js';
import type { Replies } from './send-reply.js';

const pageStatuses = [401, 403, 404, 409, 413, 415, 422, 429, 500, 503] as const;
type PageStatus = (typeof pageStatuses)[number];

/**
 * The one place where errors become answers: a page with a request id and what to do, never a stack or an object.
 * What nobody expected is logged; what is the user's to mend is not; a refused permission goes to the audit log.
 */
export function errorHandler(deps: Dependencies, replies: Replies): ErrorRequestHandler {
  return async (error: unknown, req, res, next) => {
    const failure = asProductError(error);
    if (!failure)
      deps.logger.error(
        { err: error, requestId: req.requestId, path: pathForLog(req.path) },
        'unexpected error',
      );
    if (failure instanceof Unavailable)
      deps.logger.warn({ err: failure, requestId: req.requestId }, 'unavailable');
    if (res.headersSent) {
      res.destroy();
      return;
    }
    const context = contextOf(deps, req);
    await recordDenial(failure, context, req);
    if (failure?.status === 401 && req.method === 'GET') {
      res.redirect(303, `/login?returnTo=${encodeURIComponent(req.originalUrl)}`);
      return;
    }
    // A download that failed before its first byte must not be saved as the file.
    res.removeHeader('Content-Disposition');
    setRetryAfter(failure, res);
    try {
      const status = pageStatuses.find((known) => known === failure?.status) ?? 500;
      const view = errorView(status, failure, context, req);
      const layout = failure instanceof Unavailable ? 'plain' : 'application';
      await replies.send(page('errors/error', view, { status, layout }), context, req, res);
    } catch (secondError) {
      next(secondError);
    }
  };
}

/** Errors of the database driver that mean "not now" count as unavailable. */
function asProductError(error: unknown): ProductError | undefined {
  if (error instanceof ProductError) return error;
  if (!(error instanceof Error)) return undefined;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const isOutOfReach =
    /timeout exceeded when trying to connect|Connection terminated|terminating connection/.test(
      error.message,
    ) || ['ECONNREFUSED', 'ECONNRESET', '57P01', '57P02', '57P03', '53300', '57014', '55P03'].includes(code);
  return isOutOfReach ? new Unavailable(error.message, { cause: error }) : undefined;
}

function errorView(
  status: PageStatus,
  failure: ProductError | undefined,
  context: PublicContext,
  req: Request,
): ErrorView {
  const { t } = context;
  const problems = failure instanceof InvalidInput ? failure.problems : [];
  return {
    title: t(`errorPage.${status}.title`),
    message: failure instanceof Conflict ? t(failure.key, failure.params) : t(`errorPage.${status}.message`),
    advice: t(`errorPage.${status}.advice`),
    problems: problems.map(({ path, key, params }) => ({
      message: path === '' ? t(key, params) : `${path}: ${t(key, params)}`,
      fieldId: '',
    })),
    requestId: req.requestId,
  };
}

async function recordDenial(
  failure: ProductError | undefined,
  context: PublicContext,
  req: Request,
): Promise<void> {
  if (!(failure instanceof Forbidden)) return;
  await recordEvent(context, {
    action: 'access.denied',
    details: { permission: failure.permission, method: req.method, path: pathForLog(req.path) },
  }).catch((error: unknown) => context.deps.logger.error({ err: error }, 'a denial could not be recorded'));
}

function setRetryAfter(failure: ProductError | undefined, res: Response): void {
  if (failure instanceof Unavailable) res.setHeader('Retry-After', '5');
  if (failure instanceof TooManyRequests) res.setHeader('Retry-After', String(failure.retryAfterSeconds));
}
