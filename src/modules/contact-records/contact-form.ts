import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import type { HiddenFieldView } from '../../core/views/edit-form-view.js';
import type { Problem } from '../../core/errors.js';
import {
  formView,
  type FieldSpec,
  type FieldView,
  type FormValues,
  type ProblemView,
} from '../../core/form.js';
import { dayOf } from '../../core/format.js';
import { can } from '../../core/viewer.js';
import type { FollowUpOwner } from '../follow-ups/follow-up-owners.queries.js';
import type { OpenFollowUp } from '../follow-ups/follow-ups.queries.js';
import { dueText } from '../follow-ups/due-text.js';
import { nextFieldSpecs } from '../follow-ups/next-fields.js';
import { contactRecordLimits } from './contact-choices.js';
import { outcomeOptions } from './contact-labels.js';
import { wayFieldSpecs } from './way-fields.js';

/** The one small form of a customer's record: what happened, what that settles, and what comes next. */
export interface ContactFormView {
  readonly action: string;
  readonly hidden: readonly HiddenFieldView[];
  readonly problems: readonly ProblemView[];
  readonly what: readonly FieldView[];
  readonly summary: readonly FieldView[];
  readonly when: readonly FieldView[];
  /** True when somebody wants another moment than now. */
  readonly isWhenOpen: boolean;
  /** Open follow-ups to tick; none when there are none. */
  readonly finish: readonly FieldView[];
  readonly next: readonly FieldView[];
  readonly cancelHref: string;
}

/** What the form needs to know of the customer. */
export interface ContactFormFacts {
  readonly customerId: string;
  readonly open: readonly OpenFollowUp[];
  readonly owners: readonly FollowUpOwner[];
}

/** Builds the form; with values and problems after a refusal. `cancelHref` is '' where there is nowhere to go back to. */
export function contactFormView(
  context: ViewerContext,
  facts: ContactFormFacts,
  cancelHref = '',
  values: FormValues = freshValues(context, facts),
  problems: readonly Problem[] = [],
): ContactFormView {
  const { fields, problems: shownProblems } = formView(context.t, specs(context, facts), values, problems);
  const named = (...names: readonly string[]): FieldView[] =>
    fields.filter(({ name }) => names.includes(name));
  const when = named('happenedOn', 'happenedTime');
  return {
    action: `/customers/${facts.customerId}/contact-records`,
    hidden: [
      { name: 'id', value: typeof values['id'] === 'string' ? values['id'] : newId() },
      ...(typeof values['returnTo'] === 'string' ? [{ name: 'returnTo', value: values['returnTo'] }] : []),
    ],
    problems: shownProblems,
    what: named('channel', 'direction', 'outcome'),
    summary: named('summary'),
    when,
    isWhenOpen: when.some(({ value, error }) => value !== '' || error !== ''),
    finish: named('finish'),
    next: named('nextOn', 'nextTime', 'nextAction', 'nextOwnerId'),
    cancelHref,
  };
}

/** What happened, as fields; the edit page has the same ones. */
export const contactFieldSpecs = ({ t }: ViewerContext): readonly FieldSpec[] => [
  ...wayFieldSpecs(t),
  {
    name: 'outcome',
    label: 'contactRecords.outcome',
    kind: 'select',
    required: true,
    options: outcomeOptions(t),
  },
  {
    name: 'summary',
    label: 'contactRecords.summary',
    kind: 'textarea',
    maxLength: contactRecordLimits.summary,
  },
  { name: 'happenedOn', label: 'contactRecords.happenedOn', kind: 'date' },
  {
    name: 'happenedTime',
    label: 'contactRecords.happenedTime',
    kind: 'text',
    maxLength: 5,
    placeholder: '15:30',
  },
];

function specs(context: ViewerContext, { open, owners }: ContactFormFacts): readonly FieldSpec[] {
  const finishable = open.filter((followUp) => followUp.can_manage);
  const finish: FieldSpec = {
    name: 'finish',
    label: 'contactRecords.finish',
    kind: 'checkboxes',
    options: finishable.map((followUp) => ({
      value: followUp.id,
      label: `${followUp.action} (${dueText(context, followUp).text})`,
    })),
  };
  return [
    ...contactFieldSpecs(context),
    ...(finishable.length > 0 ? [finish] : []),
    ...(can(context.viewer, 'follow-ups:manage') ? nextFieldSpecs(owners, context.viewer.id) : []),
  ];
}

/** A new form: a call that reached the customer, and settles what is due. */
export function freshValues({ deps }: ViewerContext, { open }: ContactFormFacts): FormValues {
  const today = dayOf(deps.now());
  const due = open.filter((followUp) => followUp.can_manage && followUp.due_on <= today);
  return {
    id: newId(),
    channel: 'phone',
    direction: 'out',
    outcome: 'reached',
    finish: due.map(({ id }) => id),
  };
}
