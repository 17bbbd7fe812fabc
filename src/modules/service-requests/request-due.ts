import type { ViewerContext } from '../../core/context.js';
import { formatDateTime } from '../../core/format.js';
import type { CellView } from '../../core/lists/list-view.js';
import type { DeadlineKind } from '../deadlines/deadline-kind.js';
import { dueBadge, dueText } from '../deadlines/due-text.js';
import type { StateCategory } from '../request-states/request-state.js';

/** What a list knows of a request's deadlines. */
export interface DueRequest {
  readonly state_category: StateCategory;
  readonly next_due_at: Date | null;
  readonly next_due_kind: DeadlineKind | null;
  readonly resolved_in_time: boolean | null;
}

/** The next deadline as a cell, with which it is on hover; of what is done, whether that was in time. */
export function dueCellOf({ t, locale, deps }: ViewerContext, request: DueRequest): CellView {
  const { state_category: stateCategory, next_due_at: nextDueAt, next_due_kind: kind } = request;
  if (stateCategory === 'done') {
    if (request.resolved_in_time === null) return { text: '' };
    return request.resolved_in_time
      ? { text: t('deadlines.met') }
      : { text: t('deadlines.missed'), badge: 'red' };
  }
  const { text, tone } = dueText(t, deps.now(), { stateCategory, nextDueAt });
  if (text === '') return { text };
  const title =
    nextDueAt === null || kind === null
      ? ''
      : `${t(`deadlines.kind.${kind}`)}: ${formatDateTime(nextDueAt, locale)}`;
  return { text, title, ...(tone === 'fine' ? {} : { badge: dueBadge(tone) }) };
}
