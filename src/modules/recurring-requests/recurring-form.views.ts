import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import { formView, type FieldSpec, type FormValues } from '../../core/form.js';
import { dayOf, formatDay } from '../../core/format.js';
import type { EditFormView } from '../../core/views/edit-form-view.js';
import type { PageActionView } from '../../core/views/page-header-view.js';
import { pageHeader, type AdminConfirmView, type AdminFormView } from '../admin/admin-pages.js';
import { confirmingFields } from '../deadlines/preview-page.js';
import { addDays } from '../follow-ups/due-days.js';
import type { ChosenCustomer } from '../service-requests/customer-picker.queries.js';
import type { RequestChoices } from '../service-requests/request-choices.queries.js';
import {
  categoryOptions,
  namedOptions,
  typeOptions,
  workerOptions,
} from '../service-requests/request-labels.js';
import { requestLimits } from '../service-requests/request.js';
import { recurrenceText } from './recurrence-text.js';
import { nextOccurrences, recurrenceUnits, type Recurrence } from './recurrence.js';
import type { RecurringRecord } from './recurring-requests.queries.js';
import { recurringPath, recurringTrail, type RecurringVerb } from './recurring-requests.views.js';

/** Days that the form foretells. */
export const foretoldDays = 5;

/** What the form offers. */
export interface RecurringChoices {
  readonly customer: ChosenCustomer;
  readonly choices: RequestChoices;
}

/** The fields of a recurring request. */
export function recurringSpecs(
  { t }: ViewerContext,
  { customer, choices }: RecurringChoices,
): readonly FieldSpec[] {
  const units = recurrenceUnits.map((unit) => ({ value: unit, label: t(`recurringRequests.unit.${unit}`) }));
  const things: readonly FieldSpec[] =
    customer.things.length === 0
      ? []
      : [
          {
            ...{ name: 'servedThingId', label: 'servedThings.thing', kind: 'select' },
            options: namedOptions(customer.things),
          },
        ];
  return [
    {
      ...{ name: 'subject', label: 'serviceRequests.subject', kind: 'text', required: true },
      maxLength: requestLimits.subject,
    },
    {
      name: 'typeId',
      label: 'requestTypes.type',
      kind: 'select',
      required: true,
      options: typeOptions(t, choices),
    },
    {
      name: 'categoryId',
      label: 'serviceRequests.category',
      kind: 'select',
      options: categoryOptions(t, choices),
    },
    ...things,
    {
      ...{ name: 'description', label: 'serviceRequests.description', kind: 'textarea' },
      maxLength: requestLimits.description,
    },
    {
      ...{ name: 'assigneeId', label: 'serviceRequests.assignee', kind: 'select' },
      ...{ help: 'serviceRequests.assigneeHelp', options: workerOptions(choices) },
    },
    { name: 'every', label: 'recurringRequests.everyField', kind: 'number', required: true },
    { name: 'unit', label: 'recurringRequests.unit', kind: 'select', required: true, options: units },
    {
      ...{ name: 'startsOn', label: 'recurringRequests.startsOn', kind: 'date', required: true },
      help: 'recurringRequests.startsOnHelp',
    },
    { name: 'endsOn', label: 'recurringRequests.endsOn', kind: 'date', help: 'recurringRequests.endsOnHelp' },
    {
      ...{ name: 'leadDays', label: 'recurringRequests.leadDays', kind: 'number', required: true },
      help: 'recurringRequests.leadDaysHelp',
    },
  ];
}

/** What is stored, as the form's fields hold it. */
export const storedRecurring = (recurring: RecurringRecord): FormValues => ({
  ...{ subject: recurring.subject, typeId: recurring.typeId, categoryId: recurring.categoryId ?? '' },
  ...{ servedThingId: recurring.servedThingId ?? '', description: recurring.description ?? '' },
  ...{ assigneeId: recurring.assigneeId ?? '', every: recurring.every, unit: recurring.unit },
  ...{ startsOn: recurring.startsOn, endsOn: recurring.endsOn ?? '', leadDays: recurring.leadDays },
});

/** The page for a new one; with values and problems after a refusal. */
export function newRecurringView(
  context: ViewerContext,
  offered: RecurringChoices,
  values?: FormValues,
  problems: readonly Problem[] = [],
): AdminFormView {
  const { t, deps } = context;
  const title = t('recurringRequests.new');
  const fresh = { every: 1, unit: 'month', startsOn: addDays(dayOf(deps.now()), 1), leadDays: 0 };
  const shown: FormValues = values ?? fresh;
  const id = shown['id'];
  return {
    title,
    header: pageHeader(title, { trail: recurringTrail(context), subtitle: offered.customer.name }),
    editForm: {
      action: recurringPath,
      form: formView(t, recurringSpecs(context, offered), shown, problems),
      hidden: [
        { name: 'id', value: typeof id === 'string' ? id : newId() },
        { name: 'customerId', value: offered.customer.id },
      ],
      submitLabel: t('recurringRequests.preview'),
      cancelHref: `/customers/${offered.customer.id}`,
    },
  };
}

/** The page that changes one; with values and problems after a refusal. */
export function editRecurringView(
  context: ViewerContext,
  id: string,
  recurring: RecurringRecord,
  offered: RecurringChoices,
  values?: FormValues,
  problems: readonly Problem[] = [],
): AdminFormView {
  const { subject, customerName } = recurring;
  return {
    title: subject,
    header: pageHeader(subject, {
      trail: recurringTrail(context),
      subtitle: `${customerName} · ${nextText(context, recurring)}`,
      actions: actions(context, id, recurring),
    }),
    editForm: recurringForm(context, id, recurring, offered, values, problems),
  };
}

/** Its form alone; `version` in the values is what it was opened with. */
export function recurringForm(
  context: ViewerContext,
  id: string,
  recurring: RecurringRecord,
  offered: RecurringChoices,
  values: FormValues = { ...storedRecurring(recurring), version: String(recurring.version) },
  problems: readonly Problem[] = [],
): EditFormView {
  return {
    action: `${recurringPath}/${id}`,
    form: formView(context.t, recurringSpecs(context, offered), values, problems),
    hidden: [{ name: 'version', value: String(values['version']) }],
    submitLabel: context.t('recurringRequests.preview'),
    cancelHref: recurringPath,
  };
}

const nextText = ({ t, locale }: ViewerContext, { nextOn }: RecurringRecord): string =>
  nextOn === null
    ? t('recurringRequests.state.stopped')
    : t('recurringRequests.nextOn', { day: formatDay(nextOn, locale) });

function actions({ t }: ViewerContext, id: string, { nextOn }: RecurringRecord): PageActionView[] {
  const action = (verb: RecurringVerb, emphasis: PageActionView['emphasis']): PageActionView => ({
    ...{
      label: t(`recurringRequests.${verb}`),
      href: `${recurringPath}/${id}/${verb}`,
      icon: '',
      emphasis,
      shortcut: '',
    },
  });
  return [
    ...(nextOn === null
      ? [action('resumption', 'plain')]
      : [action('pause', 'plain'), action('end', 'plain')]),
    action('deletion', 'danger'),
  ];
}

/** The page between the form and its saving: the next days on which the request will be opened. */
export function recurringPreviewView(
  context: ViewerContext,
  { action, rule, typed }: { readonly action: string; readonly rule: Recurrence; readonly typed: FormValues },
): AdminConfirmView {
  const { t, locale, deps } = context;
  const title = t('recurringRequests.previewTitle');
  const days = nextOccurrences(rule, addDays(dayOf(deps.now()), -1), foretoldDays);
  return {
    title,
    header: pageHeader(title, { trail: recurringTrail(context) }),
    confirm: {
      ...{ action, cancelHref: recurringPath, isDestructive: false, confirmLabel: t('form.save') },
      question: t('recurringRequests.previewQuestion', { rule: recurrenceText(context, rule) }),
      consequences: days.map((day) => formatDay(day, locale)),
      hidden: confirmingFields(typed),
    },
  };
}
