import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import type { DefinitionView } from '../../core/views/definition-view.js';
import type { Problem } from '../../core/errors.js';
import {
  formView,
  type FieldSpec,
  type FieldView,
  type FormValues,
  type ProblemView,
} from '../../core/form.js';
import { formatDateTime, formatNumber, formatRelative } from '../../core/format.js';
import type { CellView } from '../../core/lists/list-view.js';
import type { PageActionView, PageHeaderView } from '../../core/views/page-header-view.js';
import type { TimelineView } from '../../core/views/timeline-view.js';
import { contactRecordLimits } from '../contact-records/contact-choices.js';
import { outcomeOptions } from '../contact-records/contact-labels.js';
import { wayFieldSpecs } from '../contact-records/way-fields.js';
import { chainTimeline } from './follow-up-chain.views.js';
import type { ChainLink } from './follow-up-chain.queries.js';
import type { FollowUpOwner } from './follow-up-owners.queries.js';
import type { FollowUpRecord } from './follow-ups.queries.js';
import { followUpLimits } from './follow-ups.schemas.js';
import { snoozeButtons, type SnoozeButtonView } from './follow-ups-list.views.js';
import { dueCell } from './due-text.js';
import { nextFieldSpecs } from './next-fields.js';

/** What can be done with an open follow-up: each a form of its own. */
export interface FollowUpActionsView {
  readonly problems: readonly ProblemView[];
  /** The version of the row that the forms were opened with. */
  readonly version: string;
  /** Id of the contact record that finishing writes: sent twice, it is written once. */
  readonly recordId: string;
  readonly what: readonly FieldView[];
  readonly next: readonly FieldView[];
  readonly snoozes: readonly SnoozeButtonView[];
  readonly until: readonly FieldView[];
  readonly reason: readonly FieldView[];
}

export interface FollowUpShowView {
  readonly title: string;
  readonly header: PageHeaderView;
  readonly path: string;
  readonly definitions: readonly DefinitionView[];
  /** Absent when it is finished, or not for the viewer to finish. */
  readonly actions: FollowUpActionsView | undefined;
  readonly chain: TimelineView;
}

/** A form of the page that was refused, with what was typed and what is wrong. */
export interface RefusedForm {
  readonly values: FormValues;
  readonly problems: readonly Problem[];
}

/** The page of one follow-up: what it is about, what can be done, and what came before and after. */
export function followUpShowView(
  context: ViewerContext,
  followUp: FollowUpRecord,
  chain: readonly ChainLink[],
  owners: readonly FollowUpOwner[],
  refused?: RefusedForm,
): FollowUpShowView {
  const { t } = context;
  const path = `/follow-ups/${followUp.id}`;
  const isOpen = followUp.state === 'open' && followUp.can_manage;
  return {
    title: followUp.action,
    header: {
      title: followUp.action,
      count: '',
      subtitle: `${followUp.customer_name} ${followUp.customer_no}`,
      trail: [{ label: t('navigation.followUps'), href: '/follow-ups' }],
      actions: isOpen ? [editAction(context, path)] : [],
    },
    path,
    definitions: definitions(context, followUp),
    actions: isOpen ? actions(context, followUp, owners, refused) : undefined,
    chain: chainTimeline(context, chain),
  };
}

const editAction = ({ t }: ViewerContext, path: string): PageActionView => ({
  label: t('followUps.editOrGive'),
  href: `${path}/edit`,
  icon: 'pencil',
  emphasis: 'plain',
  shortcut: 'e',
});

function definitions(context: ViewerContext, followUp: FollowUpRecord): DefinitionView[] {
  const { t, locale, deps } = context;
  const moment = (at: Date | null): CellView =>
    at === null
      ? { text: '' }
      : { text: formatRelative(at, deps.now(), locale), title: formatDateTime(at, locale) };
  return [
    {
      label: t('followUps.customer'),
      value: {
        text: `${followUp.customer_name} ${followUp.customer_no}`,
        href: `/customers/${followUp.customer_id}`,
      },
    },
    { label: t('followUps.due'), value: dueCell(context, followUp) },
    { label: t('followUps.owner'), value: { text: followUp.owner_name } },
    { label: t('followUps.state'), value: { text: t(`followUps.state.${followUp.state}`) } },
    { label: t('followUps.snoozeCount'), value: { text: formatNumber(followUp.snooze_count, locale) } },
    { label: t('followUps.lastContact'), value: moment(followUp.last_contact_at) },
    ...(followUp.state === 'open'
      ? []
      : [
          { label: t('followUps.finishedAt'), value: moment(followUp.finished_at) },
          { label: t('followUps.finishedBy'), value: { text: followUp.finished_by_name ?? '' } },
        ]),
    ...(followUp.reason === null ? [] : [{ label: t('followUps.reason'), value: { text: followUp.reason } }]),
  ];
}

function actions(
  context: ViewerContext,
  followUp: FollowUpRecord,
  owners: readonly FollowUpOwner[],
  refused?: RefusedForm,
): FollowUpActionsView {
  const specs = {
    what: whatSpecs(context),
    next: nextFieldSpecs(owners, context.viewer.id),
    until: [{ name: 'until', label: 'followUps.snoozeUntil', kind: 'date' }] as const,
    reason: [reasonSpec],
  };
  const fresh = { channel: 'phone', direction: 'out', outcome: 'reached' };
  const values: FormValues = { ...fresh, ...refused?.values };
  const form = formView(context.t, Object.values(specs).flat(), values, refused?.problems);
  const fieldsOf = (part: readonly FieldSpec[]): FieldView[] =>
    form.fields.filter(({ name }) => part.some((spec) => spec.name === name));
  const { version, recordId } = values;
  return {
    problems: form.problems,
    version: typeof version === 'string' ? version : String(followUp.version),
    recordId: typeof recordId === 'string' ? recordId : newId(),
    what: fieldsOf(specs.what),
    next: fieldsOf(specs.next),
    snoozes: snoozeButtons(context, followUp),
    until: fieldsOf(specs.until),
    reason: fieldsOf(specs.reason),
  };
}

const reasonSpec: FieldSpec = {
  name: 'reason',
  label: 'followUps.reason',
  kind: 'text',
  required: true,
  maxLength: followUpLimits.reason,
};

const whatSpecs = ({ t }: ViewerContext): readonly FieldSpec[] => [
  {
    name: 'outcome',
    label: 'contactRecords.outcome',
    kind: 'select',
    options: [{ value: '', label: t('followUps.noContact') }, ...outcomeOptions(t)],
  },
  ...wayFieldSpecs(t),
  {
    name: 'summary',
    label: 'contactRecords.summary',
    kind: 'textarea',
    maxLength: contactRecordLimits.summary,
  },
];
