import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import {
  formView,
  type FieldSpec,
  type FieldView,
  type FormValues,
  type ProblemView,
} from '../../core/form.js';
import { can } from '../../core/viewer.js';
import type { EditFormView } from '../../core/views/edit-form-view.js';
import type { PageHeaderView } from '../../core/views/page-header-view.js';
import { pageHeader, type AdminFormView } from '../admin/admin-pages.js';
import { limitsText, severalFiles } from '../attachments/attachment-field.js';
import type { ChosenCustomer, OfferedCustomer } from './customer-picker.queries.js';
import { customerSpecs, pickerView, type CustomerPickerView } from './customer-picker.views.js';
import type { RequestChoices } from './request-choices.queries.js';
import {
  categoryOptions,
  channelOptions,
  namedOptions,
  priorityOptions,
  typeOptions,
  workerOptions,
} from './request-labels.js';
import { requestTrail } from './request-trail.js';
import { requestLimits } from './request.js';
import { requestsPath } from './requests-list.views.js';
import type { RequestRecord } from './service-requests.queries.js';

export interface NewRequestView {
  readonly title: string;
  readonly header: PageHeaderView;
  readonly problems: readonly ProblemView[];
  readonly id: string;
  /** The words on another request that this one is made of; '' for none. */
  readonly splitFrom: string;
  readonly picker: CustomerPickerView;
  readonly fields: readonly FieldView[];
  readonly files: readonly FieldView[];
  readonly moreFields: readonly FieldView[];
  readonly isMoreOpen: boolean;
  readonly cancelHref: string;
}

/** What the page of a new request shows besides its choices. */
export interface IntakeParts {
  readonly choices: RequestChoices;
  readonly customer: ChosenCustomer | undefined;
  readonly offered: readonly OfferedCustomer[] | undefined;
  readonly values: FormValues;
  /** Absent for a form that was not sent yet. */
  readonly problems: readonly Problem[] | undefined;
}

const moreNames = ['categoryId', 'priority', 'servedThingId', 'branchId', 'teamId', 'assigneeId'];

/** The one form that takes in a request; with values and problems after a refusal. */
export function newRequestView(
  context: ViewerContext,
  { choices, customer, offered, values, problems }: IntakeParts,
): NewRequestView {
  const { t } = context;
  const title = customer ? t('serviceRequests.newFor', { name: customer.name }) : t('serviceRequests.new');
  const specs = [
    ...newSpecs(context, choices),
    ...requestSpecs(context, choices, customer?.things ?? [], false),
    severalFiles,
  ];
  const form = formView(t, [...specs, ...customerSpecs(context, customer)], values, problems);
  const named = (names: readonly string[]) => form.fields.filter(({ name }) => names.includes(name));
  const moreFields = named(moreNames);
  return {
    title,
    header: pageHeader(title, { trail: [{ label: t('navigation.serviceRequests'), href: requestsPath }] }),
    problems: form.problems,
    id: textOf(values['id']) || newId(),
    splitFrom: textOf(values['splitFrom']),
    picker: pickerView(context, { customer, offered, values, fields: form.fields }),
    fields: named(['typeId', 'subject', 'description', 'channel']),
    files: named([severalFiles.name]).map((field) => ({
      ...field,
      help: `${limitsText(context, 'atOnce')} ${problems ? t('attachments.chooseAgain') : ''}`.trim(),
    })),
    moreFields,
    isMoreOpen: moreFields.some(({ value, error }) => value !== '' || error !== ''),
    cancelHref: customer ? `/customers/${customer.id}` : requestsPath,
  };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What only a new request asks. */
const newSpecs = ({ t, viewer }: ViewerContext, choices: RequestChoices): FieldSpec[] => [
  {
    name: 'priority',
    label: 'serviceRequests.priority',
    kind: 'select',
    options: priorityOptions(t),
    help: 'serviceRequests.priorityHelp',
  },
  {
    name: 'assigneeId',
    label: 'serviceRequests.assignee',
    kind: 'select',
    options: workerOptions(choices).filter(
      ({ value }) => value === viewer.id || can(viewer, 'service-requests:assign'),
    ),
    help: 'serviceRequests.assigneeHelp',
  },
];

/** What a request is about. One that is stored has a type; for a new one it may be left to the rules. */
function requestSpecs(
  { t }: ViewerContext,
  choices: RequestChoices,
  things: readonly { readonly id: string; readonly name: string }[],
  isStored: boolean,
): readonly FieldSpec[] {
  return [
    {
      name: 'typeId',
      label: 'serviceRequests.type',
      kind: 'select',
      required: isStored,
      options: typeOptions(t, choices),
      ...(isStored ? {} : { help: 'serviceRequests.typeHelp' }),
    },
    {
      name: 'subject',
      label: 'serviceRequests.subject',
      kind: 'text',
      required: true,
      maxLength: requestLimits.subject,
    },
    {
      name: 'description',
      label: 'serviceRequests.description',
      kind: 'textarea',
      maxLength: requestLimits.description,
    },
    {
      name: 'channel',
      label: 'serviceRequests.channel',
      kind: 'select',
      required: true,
      options: channelOptions(t),
    },
    {
      name: 'categoryId',
      label: 'serviceRequests.category',
      kind: 'select',
      options: categoryOptions(t, choices),
    },
    ...(things.length === 0
      ? []
      : [
          {
            name: 'servedThingId',
            label: 'servedThings.thing',
            kind: 'select',
            options: namedOptions(things),
          } as const,
        ]),
    { name: 'branchId', label: 'customers.branch', kind: 'select', options: namedOptions(choices.branches) },
    { name: 'teamId', label: 'customers.team', kind: 'select', options: namedOptions(choices.teams) },
  ];
}

/** The page that changes what a request is about. */
export function editRequestView(
  context: ViewerContext,
  request: RequestRecord,
  choices: RequestChoices,
  things: readonly { readonly id: string; readonly name: string }[],
  values: FormValues = storedRequest(request),
  problems: readonly Problem[] = [],
): AdminFormView {
  const title = context.t('serviceRequests.edit', { number: request.request_no });
  return {
    title,
    header: pageHeader(title, { trail: requestTrail(context, request) }),
    editForm: requestEditForm(context, request, choices, things, values, problems),
  };
}

/** The form itself; `version` in the values is what it was opened with. */
export function requestEditForm(
  context: ViewerContext,
  request: RequestRecord,
  choices: RequestChoices,
  things: readonly { readonly id: string; readonly name: string }[],
  values: FormValues,
  problems: readonly Problem[] = [],
): EditFormView {
  return {
    action: `${requestsPath}/${request.id}`,
    form: formView(context.t, editSpecs(context, choices, things), values, problems),
    hidden: [{ name: 'version', value: textOf(values['version']) || String(request.version) }],
    submitLabel: context.t('form.save'),
    cancelHref: `${requestsPath}/${request.id}`,
  };
}

/** The fields of the edit form. */
export const editSpecs = (
  context: ViewerContext,
  choices: RequestChoices,
  things: readonly { readonly id: string; readonly name: string }[],
): readonly FieldSpec[] => [
  ...requestSpecs(context, choices, things, true),
  {
    name: 'priority',
    label: 'serviceRequests.priority',
    kind: 'select',
    required: true,
    options: priorityOptions(context.t),
  },
];

/** What is stored, by the names of the form's fields. */
export const storedRequest = (request: RequestRecord): FormValues => ({
  typeId: request.type.id,
  subject: request.subject,
  description: request.description ?? '',
  channel: request.channel,
  categoryId: request.category?.id ?? '',
  servedThingId: request.served_thing?.id ?? '',
  branchId: request.branch?.id ?? '',
  teamId: request.team?.id ?? '',
  priority: String(request.priority),
});
