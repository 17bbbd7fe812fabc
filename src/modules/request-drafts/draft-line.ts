import type { ViewerContext } from '../../core/context.js';
import { dayOf, formatDateTime, formatTime } from '../../core/format.js';
import type { RequestDraft } from './request-draft.js';

/** Below the answer box: where its words are kept until they are sent, and since when they are. */
export interface DraftLineView {
  /** Takes what is typed. */
  readonly path: string;
  readonly discardPath: string;
  /** '' where nothing is kept. */
  readonly kept: string;
}

/** The line below the answer box of a request. */
export function draftLine(
  context: ViewerContext,
  requestId: string,
  draft: RequestDraft | undefined,
): DraftLineView {
  const path = `/service-requests/${requestId}/draft`;
  return { path, discardPath: `${path}/deletion`, kept: keptText(context, draft) };
}

/** Since when words are kept: a time of today, or an earlier day; '' for none. */
export function keptText({ t, deps, locale }: ViewerContext, draft: RequestDraft | undefined): string {
  if (!draft) return '';
  const { keptAt } = draft;
  return dayOf(keptAt) === dayOf(deps.now())
    ? t('requestDrafts.keptAt', { time: formatTime(keptAt, locale) })
    : t('requestDrafts.keptOn', { time: formatDateTime(keptAt, locale) });
}
