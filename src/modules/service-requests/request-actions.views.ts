import type { ViewerContext } from '../../core/context.js';
import type { PageActionView } from '../../core/views/page-header-view.js';
import { can } from '../../core/viewer.js';
import { stateName } from '../request-states/state-name.js';
import { requestsPath } from './requests-list.views.js';
import { mayTake, type RequestRecord } from './service-requests.queries.js';

/** A step on in the lifecycle: a button that takes it, or a link to the page that asks for what is missing. */
export interface StepView {
  readonly label: string;
  readonly stateId: string;
  /** '' for a step that needs nothing. */
  readonly href: string;
  readonly isMain: boolean;
}

/** The steps that the viewer may take; the first that brings the request forward is the main one. */
export function requestSteps({ t }: ViewerContext, request: RequestRecord): StepView[] {
  const allowed = request.steps.filter((step) => mayTake(request, step));
  const main = allowed.find(({ category }) => category !== 'waiting');
  const isDone = request.state.category === 'done';
  return allowed.map((step) => ({
    label:
      isDone && step.category !== 'done'
        ? t('serviceRequests.reopenAs', { state: stateName(t, step) })
        : stateName(t, step),
    stateId: step.id,
    href:
      step.requiredFields.length > 0 || step.category === 'done'
        ? `${requestsPath}/${request.id}/transition?stateId=${step.id}`
        : '',
    isMain: step === main,
  }));
}

type ActionParts = Pick<PageActionView, 'label' | 'href' | 'icon'> & Partial<PageActionView>;

const action = (parts: ActionParts): PageActionView => ({ emphasis: 'plain', shortcut: '', ...parts });

/** What is done all day, beside the title of the record. */
export function requestActions({ t }: ViewerContext, request: RequestRecord): PageActionView[] {
  if (!request.can_work) return [];
  const answer = { label: t('serviceRequests.answer'), href: '#entry-heading', icon: 'message' };
  const edit = { label: t('form.edit'), href: `${requestsPath}/${request.id}/edit`, icon: 'pencil' };
  return [action({ ...answer, emphasis: 'primary' }), action({ ...edit, shortcut: 'e' })];
}

/** What is done now and then, in the menu beside those. */
export function moreActions({ t, viewer }: ViewerContext, request: RequestRecord): PageActionView[] {
  const path = `${requestsPath}/${request.id}`;
  const returnVisit = `/return-visits/new?requestId=${request.id}`;
  const history = `/admin/audit-log?table=service_requests&record=${request.id}`;
  const offered: readonly (readonly [boolean, ActionParts])[] = [
    [request.can_work, { label: t('requestLinks.add'), href: `${path}/links`, icon: 'sitemap' }],
    [
      request.can_work && request.customer !== null,
      { label: t('requestMerge.action'), href: `${path}/merge`, icon: 'arrow-merge' },
    ],
    [
      request.customer !== null && can(viewer, 'service-requests:create'),
      { label: t('returnVisits.new'), href: returnVisit, icon: 'transfer' },
    ],
    [can(viewer, 'audit-log:read'), { label: t('customers.history'), href: history, icon: 'history' }],
    [
      request.can_delete,
      { label: t('form.delete'), href: `${path}/deletion`, icon: 'trash', emphasis: 'danger' },
    ],
  ];
  return offered.flatMap(([isOffered, parts]) => (isOffered ? [action(parts)] : []));
}
