import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import { formatDay } from '../../core/format.js';
import { listAddress } from '../../core/lists/list-address.js';
import type { DefinitionView } from '../../core/views/definition-view.js';
import { planName } from '../return-visit-plans/plan-name.js';
import type { VisitRecord } from './return-visit.queries.js';
import { attemptsText, outcomeCell, windowText } from './visit-text.js';

/** What a return visit has besides any request, as `return-visits/_card` shows it. */
export interface ReturnVisitCardView {
  readonly definitions: readonly DefinitionView[];
  /** '' for those who may not, and once it is done. */
  readonly reachedHref: string;
  readonly notReachedAction: string;
  readonly returnTo: string;
}

/** Undefined for requests that are no return visits. */
export function returnVisitCard(
  context: ViewerContext,
  request: { readonly id: string; readonly can_work: boolean },
  visit: VisitRecord | undefined,
): ReturnVisitCardView | undefined {
  if (!visit) return undefined;
  const returnTo = `/service-requests/${request.id}`;
  const own = `/return-visits/${request.id}`;
  const isOpen = visit.outcome === null && request.can_work;
  return {
    definitions: definitions(context, visit),
    reachedHref: isOpen ? listAddress(`${own}/outcome`, { returnTo }) : '',
    notReachedAction: isOpen ? `${own}/attempts?contact=${newId()}` : '',
    returnTo,
  };
}

function definitions(context: ViewerContext, visit: VisitRecord): DefinitionView[] {
  const { t, locale } = context;
  const { windowFrom, windowTo, attempts, maxAttempts, outcome } = visit;
  const plan = visit.planName === null ? t('returnVisits.byHand') : planName(t, visit.planName);
  const next = formatDay(visit.nextAttemptOn, locale);
  return [
    { label: t('returnVisits.window'), value: { text: windowText(context, windowFrom, windowTo) } },
    { label: t('returnVisits.attempts'), value: { text: attemptsText(context, attempts, maxAttempts) } },
    outcome === null
      ? {
          label: t('returnVisits.nextAttempt'),
          value: { text: visit.isToWinBack ? t('returnVisits.isToWinBack', { day: next }) : next },
        }
      : { label: t('returnVisits.outcome'), value: outcomeCell(t, outcome) },
    { label: t('returnVisits.plan'), value: { text: plan } },
  ];
}
