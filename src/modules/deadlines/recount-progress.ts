import { taskError } from '../../core/background-tasks.js';
import type { ViewerContext } from '../../core/context.js';
import { formatNumber } from '../../core/format.js';
import type { ProgressView } from '../../core/views/progress-view.js';
import type { Recount } from './recount.queries.js';

export const recountPath = '/admin/deadline-recount';

const states = { queued: 'waiting', running: 'running', done: 'done', failed: 'failed' } as const;

/** How far it is. */
export function recountView({ t, locale }: ViewerContext, recount: Recount | undefined): ProgressView {
  const [done, total] = [recount?.progress_done ?? 0, recount?.progress_total ?? 0];
  const progress = t('deadlines.recountProgress', {
    done: formatNumber(done, locale),
    total: formatNumber(total, locale),
  });
  return {
    id: 'deadline-recount',
    label: t('deadlines.recount'),
    state: states[recount?.state ?? 'done'],
    done,
    total,
    text: recount ? taskError(t, recount.error) || progress : t('deadlines.neverRecounted'),
    pollUrl: recountPath,
    doneUrl: '',
    doneLabel: '',
  };
}

/** The same while it goes on or when it failed; undefined when there is nothing to say. */
export const shownRecount = (
  context: ViewerContext,
  recount: Recount | undefined,
): ProgressView | undefined =>
  recount === undefined || recount.state === 'done' ? undefined : recountView(context, recount);
