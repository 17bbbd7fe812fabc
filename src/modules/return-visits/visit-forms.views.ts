import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import { formView, type FieldSpec, type FormValues } from '../../core/form.js';
import { dayOf } from '../../core/format.js';
import type { PageHeaderView } from '../../core/views/page-header-view.js';
import { pageHeader, type AdminFormView } from '../admin/admin-pages.js';
import { customerTrail, type NamedCustomer } from '../customers/customer-trail.js';
import { addDays } from '../follow-ups/due-days.js';
import { requestLimits } from '../service-requests/request.js';
import { namedOptions } from '../service-requests/request-labels.js';
import type { FoundVisit } from './return-visit.queries.js';
import { reachedOutcomes, visitLimits } from './return-visit.js';
import type { VisitChoices } from './return-visits-list.queries.js';
import { returnVisitsPath } from './return-visits.views.js';

const windowSpecs = (required: boolean): readonly FieldSpec[] => [
  { name: 'windowFrom', label: 'returnVisits.windowFrom', kind: 'date', required },
  { name: 'windowTo', label: 'returnVisits.windowTo', kind: 'date', required },
];

const textOf = (value: unknown, otherwise: string): string => (typeof value === 'string' ? value : otherwise);

/** What a customer who was reached said; with values and problems after a refusal. */
export function outcomeFormView(
  { t }: ViewerContext,
  { request, visit }: FoundVisit,
  returnTo: string,
  values: FormValues = { outcome: 'kept' },
  problems: readonly Problem[] = [],
): AdminFormView {
  const name = request.customer?.name ?? request.request_no;
  const title = t('returnVisits.reachedTitle', { name });
  const options = reachedOutcomes.map((one) => ({ value: one, label: t(`returnVisits.said.${one}`) }));
  const specs: readonly FieldSpec[] = [
    { name: 'outcome', label: 'returnVisits.outcome', kind: 'select', required: true, options },
    { name: 'word', label: 'returnVisits.word', kind: 'textarea', maxLength: visitLimits.word },
    ...windowSpecs(false).map((spec) => ({ ...spec, help: 'returnVisits.newWindowHelp' as const })),
  ];
  const { id } = request;
  return {
    title,
    header: pageHeader(title, {
      trail: [
        { label: t('returnVisits.title'), href: returnVisitsPath },
        { label: request.request_no, href: `/service-requests/${id}` },
      ],
    }),
    editForm: {
      action: `${returnVisitsPath}/${id}/outcome`,
      form: formView(t, specs, values, problems),
      hidden: [
        { name: 'id', value: textOf(values['id'], newId()) },
        { name: 'version', value: textOf(values['version'], String(visit.version)) },
        { name: 'returnTo', value: returnTo },
      ],
      submitLabel: t('form.save'),
      cancelHref: returnTo,
    },
  };
}

/** Whose return visit is planned, and what it follows. */
export interface VisitOccasion {
  readonly customer: NamedCustomer;
  readonly request: { readonly id: string; readonly number: string; readonly subject: string } | undefined;
}

/** The page on which a return visit is planned by hand; with values and problems after a refusal. */
export function newVisitView(
  context: ViewerContext,
  { customer, request }: VisitOccasion,
  { people }: VisitChoices,
  values?: FormValues,
  problems: readonly Problem[] = [],
): AdminFormView {
  const { t, deps } = context;
  const title = t('returnVisits.new');
  const tomorrow = addDays(dayOf(deps.now()), 1);
  const fresh = { subject: request?.subject ?? '', windowFrom: tomorrow, windowTo: addDays(tomorrow, 2) };
  const specs: readonly FieldSpec[] = [
    {
      name: 'subject',
      label: 'returnVisits.why',
      kind: 'text',
      required: true,
      maxLength: requestLimits.subject,
    },
    ...windowSpecs(true),
    {
      ...{
        name: 'assigneeId',
        label: 'serviceRequests.assignee',
        kind: 'select',
        help: 'serviceRequests.assigneeHelp',
      },
      options: namedOptions(people),
    },
  ];
  const shown = values ?? fresh;
  return {
    title,
    header: pageHeader(title, { trail: trailOf(context, customer, request), subtitle: customer.name }),
    editForm: {
      action: returnVisitsPath,
      form: formView(t, specs, shown, problems),
      hidden: [
        { name: 'id', value: textOf(shown['id' as keyof typeof shown], newId()) },
        { name: 'customerId', value: customer.id },
        { name: 'requestId', value: request?.id ?? '' },
      ],
      submitLabel: t('returnVisits.new'),
      cancelHref: request ? `/service-requests/${request.id}` : `/customers/${customer.id}`,
    },
  };
}

const trailOf = (
  context: ViewerContext,
  customer: NamedCustomer,
  request: VisitOccasion['request'],
): PageHeaderView['trail'] =>
  request
    ? [
        { label: context.t('navigation.serviceRequests'), href: '/service-requests' },
        { label: request.number, href: `/service-requests/${request.id}` },
      ]
    : customerTrail(context, customer);
