import type { ViewerContext } from '../../core/context.js';
import { Forbidden } from '../../core/errors.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { keepArticle } from '../articles/articles.queries.js';
import { forgetSent } from '../request-drafts/request-drafts.service.js';
import { applyStep } from './lifecycle.service.js';
import { addEntry, lockRequest } from './request-verbs.js';
import { findRequest, mayTake } from './service-requests.queries.js';
import type { EntryForm } from './service-requests.schemas.js';

/**
 * Writes a note, an answer or what the customer said; with `waits` the request then waits for the customer, where the
 * lifecycle has such a step. Sent twice, the same form (same id) writes once.
 * @throws NotFound, Forbidden
 */
export async function writeEntry(context: ViewerContext, requestId: string, form: EntryForm): Promise<void> {
  const request = await findRequest(context, requestId);
  if (!request.can_work) throw new Forbidden('service-requests:work');
  const { id, kind, body, channel, articleId, waits } = form;
  const happenedAt = context.deps.now();
  const step = request.steps.find((each) => each.category === 'waiting' && mayTake(request, each));
  await unitOfWork(context, `service-requests.${actions[kind]}`, async (tx) => {
    const locked = await lockRequest(tx, requestId);
    const entry = { id, kind, body, channel, happenedAt, articleId: await keepArticle(tx, articleId) };
    const isNew = await addEntry(tx, context, locked, entry);
    if (isNew) await forgetSent(tx, requestId, context.viewer.id);
    const isStill = locked.state_id === request.state.id;
    if (isNew && kind === 'reply' && waits && step && isStill) {
      await applyStep(tx, context, await lockRequest(tx, requestId), step, null);
    }
  });
}

const actions = { note: 'noted', reply: 'answered', customerWord: 'heard' } as const;
