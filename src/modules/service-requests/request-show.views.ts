import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import type { FormValues } from '../../core/form.js';
import type { DefinitionView } from '../../core/views/definition-view.js';
import type { PageHeaderView } from '../../core/views/page-header-view.js';
import type { TimelineView } from '../../core/views/timeline-view.js';
import { pageHeader } from '../admin/admin-pages.js';
import { assignmentCardView, type AssignmentCardView } from '../assignment/assignment-card.js';
import { attachmentCardView, type AttachmentCardView } from '../attachments/attachment-card.js';
import type { AssignmentRow } from '../assignment/assignment.queries.js';
import type { RefusedForm } from '../customers/refused-form.js';
import type { PreparedEntry } from '../canned-answers/prepared-entry.js';
import { deadlineCard, type DeadlineCardView } from '../deadlines/deadline-card.js';
import type { StoredBasis } from '../deadlines/deadline-basis.queries.js';
import { evaluationCardView, type EvaluationCardView } from '../evaluations/evaluation-card.js';
import type { CardSurvey } from '../evaluations/evaluation-card.queries.js';
import { linksCardView, type LinksCardView } from '../personal-links/links-card.js';
import type { LinkRow } from '../personal-links/personal-links.queries.js';
import type { StateColor } from '../request-states/request-state.js';
import { stateName } from '../request-states/state-name.js';
import { typeName } from '../request-types/type-name.js';
import { linkedCard, type LinkedCardView } from '../request-links/linked-card.js';
import type { LinkedRequest } from '../request-links/linked-requests.queries.js';
import { presenceLine, type PresenceView } from '../request-presence/presence-line.js';
import type { Presence } from '../request-presence/request-presence.queries.js';
import { returnVisitCard, type ReturnVisitCardView } from '../return-visits/return-visit-card.js';
import type { VisitRecord } from '../return-visits/return-visit.queries.js';
import { entryFormView, type EntryFormView } from './answer-box.views.js';
import { complaintDefinitions } from './complaint.views.js';
import { moreActions, requestActions, requestSteps, type StepView } from './request-actions.views.js';
import type { RequestChoices } from './request-choices.queries.js';
import { requestFacts } from './request-facts.views.js';
import type { RequestTimelineRow } from './request-timeline.queries.js';
import { requestTimelineView } from './request-timeline.views.js';
import { requestsPath } from './requests-list.views.js';
import type { RequestRecord } from './service-requests.queries.js';
import { whoseWorkView, type WhoseWorkView } from './whose-work.views.js';

export interface RequestShowView {
  readonly title: string;
  readonly header: PageHeaderView;
  readonly presence: PresenceView;
  readonly path: string;
  readonly state: { readonly text: string; readonly colour: StateColor };
  readonly stateId: string;
  readonly steps: readonly StepView[];
  readonly description: string;
  readonly resolution: string;
  readonly facts: readonly DefinitionView[];
  /** Absent for requests that are no complaints. */
  readonly complaint: { readonly definitions: readonly DefinitionView[]; readonly href: string } | undefined;
  readonly entryForm: EntryFormView | undefined;
  readonly timeline: TimelineView;
  readonly deadlines: DeadlineCardView;
  readonly assignment: AssignmentCardView;
  readonly whoseWork: WhoseWorkView | undefined;
  readonly evaluation: EvaluationCardView | undefined;
  readonly linked: LinkedCardView;
  /** Absent where there is no customer to keep files with. */
  readonly attachments: AttachmentCardView | undefined;
  /** Absent where there is no customer to give a link to. */
  readonly links: LinksCardView | undefined;
  /** Absent for requests that are no return visits. */
  readonly returnVisit: ReturnVisitCardView | undefined;
}

/** What belongs to a request besides the record itself. */
export interface RequestSurroundings {
  readonly timeline: readonly RequestTimelineRow[];
  readonly basis: StoredBasis | undefined;
  readonly assignments: readonly AssignmentRow[];
  readonly choices: RequestChoices;
  readonly visit: VisitRecord | undefined;
  readonly surveys: readonly CardSurvey[];
  readonly links: readonly LinkRow[];
  readonly linked: readonly LinkedRequest[];
  readonly presence: Presence;
  /** The file that could not be taken. */
  readonly refusedFile?: RefusedForm | undefined;
  /** What the answer begins with. */
  readonly prepared?: PreparedEntry | undefined;
  /** The answer as typed, and what is wrong with it. */
  readonly refused?: { readonly values: FormValues; readonly problems: readonly Problem[] } | undefined;
}

/** The record of one request. */
export function requestShowView(
  context: ViewerContext,
  request: RequestRecord,
  {
    timeline,
    basis,
    assignments,
    choices,
    visit,
    surveys,
    links,
    linked,
    presence,
    prepared,
    refused,
    refusedFile,
  }: RequestSurroundings,
): RequestShowView {
  const { t } = context;
  const path = `${requestsPath}/${request.id}`;
  const isDone = request.state.category === 'done';
  return {
    title: `${request.request_no} ${request.subject}`,
    header: pageHeader(request.subject, {
      subtitle: `${request.request_no} · ${typeName(t, request.type)}`,
      trail: [{ label: t('navigation.serviceRequests'), href: requestsPath }],
      actions: requestActions(context, request),
      more: moreActions(context, request),
    }),
    presence: presenceLine(context, request, presence),
    linked: linkedCard(context, request, linked),
    path,
    state: { text: stateName(t, request.state), colour: request.state.color },
    stateId: request.state.id,
    returnVisit: returnVisitCard(context, request, visit),
    steps: requestSteps(context, request),
    description: request.description ?? '',
    resolution: request.resolution ?? '',
    facts: requestFacts(context, request),
    complaint: request.complaint
      ? {
          definitions: complaintDefinitions(context, request.complaint),
          href: request.can_work ? `${path}/complaint` : '',
        }
      : undefined,
    entryForm: request.can_work ? entryFormView(context, request, prepared, refused) : undefined,
    timeline: requestTimelineView(context, request, timeline),
    deadlines: deadlineCard(context, basis),
    assignment: assignmentCardView(
      context,
      {
        ...{ assigneeName: request.assignee?.name ?? null, unassignedReason: request.unassigned_reason },
        isDone,
      },
      assignments,
    ),
    whoseWork: whoseWorkView(context, request, choices),
    evaluation:
      request.type.behaviour === 'returnVisit'
        ? undefined
        : evaluationCardView(context, { id: request.id, canWork: request.can_work }, surveys),
    attachments: request.customer
      ? attachmentCardView(
          context,
          { href: path, attachments: request.attachments, canChange: request.can_work },
          refusedFile,
        )
      : undefined,
    links: request.customer
      ? linksCardView(context, { kind: 'request', id: request.id, canEdit: request.can_work }, links)
      : undefined,
  };
}
