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

/** Links beside the title of the record. */
export function requestActions({ t, viewer }: ViewerContext, request: RequestRecord): PageActionView[] {
  const path = `${requestsPath}/${request.id}`;
  const actions: PageActionView[] = [];
  const add = (action: Omit<PageActionView, 'emphasis' | 'shortcut'>, more: Partial<PageActionView> = {}) =>
    actions.push({ ...action, emphasis: 'plain', shortcut: '', ...more });
  if (request.can_work)
    add({ label: t('form.edit'), href: `${path}/edit`, icon: 'pencil' }, { shortcut: 'e' });
  if (request.customer && can(viewer, 'service-requests:create'))
    add({
      label: t('returnVisits.new'),
      href: `/return-visits/new?requestId=${request.id}`,
      icon: 'transfer',
    });
  if (can(viewer, 'audit-log:read')) {
    const href = `/admin/audit-log?table=service_requests&record=${request.id}`;
    add({ label: t('customers.history'), href, icon: 'history' });
  }
  if (request.can_delete)
    add({ label: t('form.delete'), href: `${path}/deletion`, icon: 'trash' }, { emphasis: 'danger' });
  return actions;
}
