import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import { formView, type FieldSpec, type FormValues } from '../../core/form.js';
import { formatMoney } from '../../core/format.js';
import type { DefinitionView } from '../../core/views/definition-view.js';
import type { EditFormView } from '../../core/views/edit-form-view.js';
import { pageHeader, type AdminFormView } from '../admin/admin-pages.js';
import { causePath } from '../complaint-causes/cause-name.js';
import type { ChoosableCause } from './complaint-choices.queries.js';
import { namedOptions } from './request-labels.js';
import { requestTrail } from './request-trail.js';
import { requestLimits, responsibilities } from './request.js';
import type { ComplaintDetails, RequestRecord } from './service-requests.queries.js';

/** What a complaint has besides any request. */
export const complaintDefinitions = (
  { t, locale }: ViewerContext,
  complaint: ComplaintDetails,
): readonly DefinitionView[] => [
  { label: t('complaints.cause'), value: { text: complaint.cause ? causePath(t, complaint.cause) : '' } },
  {
    label: t('complaints.responsibility'),
    value: {
      text: [responsibilityText(t, complaint), complaint.responsible ?? ''].filter(Boolean).join(' · '),
    },
  },
  { label: t('complaints.remedy'), value: { text: complaint.remedy ?? '' } },
  {
    label: t('complaints.cost'),
    value: { text: complaint.cost === null ? '' : formatMoney(complaint.cost, locale) },
  },
  { label: t('complaints.rootCause'), value: { text: complaint.rootCause ?? '' } },
];

function responsibilityText(t: ViewerContext['t'], { responsibility }: ComplaintDetails): string {
  const known = responsibilities.find((each) => each === responsibility);
  return known ? t(`complaints.responsibility.${known}`) : '';
}

export const causeSpec = (t: ViewerContext['t'], causes: readonly ChoosableCause[]): FieldSpec => ({
  name: 'causeId',
  label: 'complaints.cause',
  kind: 'select',
  options: causes.map(({ id, path }) => ({ value: id, label: causePath(t, path) })),
});

export const responsibilitySpec = (t: ViewerContext['t']): FieldSpec => ({
  name: 'responsibility',
  label: 'complaints.responsibility',
  kind: 'select',
  options: responsibilities.map((each) => ({ value: each, label: t(`complaints.responsibility.${each}`) })),
});

export const remedySpec: FieldSpec = {
  name: 'remedy',
  label: 'complaints.remedy',
  kind: 'textarea',
  maxLength: requestLimits.resolution,
  help: 'complaints.remedyHelp',
};

/** What the page of a complaint's details offers. */
export interface ComplaintChoices {
  readonly causes: readonly ChoosableCause[];
  readonly people: readonly { readonly id: string; readonly name: string }[];
}

/** The fields of a complaint's details. */
export const complaintSpecs = (
  { t }: ViewerContext,
  { causes, people }: ComplaintChoices,
): readonly FieldSpec[] => [
  causeSpec(t, causes),
  responsibilitySpec(t),
  { name: 'responsibleId', label: 'complaints.responsible', kind: 'select', options: namedOptions(people) },
  remedySpec,
  {
    name: 'cost',
    label: 'complaints.cost',
    kind: 'number',
    inputMode: 'decimal',
    help: 'complaints.costHelp',
  },
  {
    name: 'rootCause',
    label: 'complaints.rootCause',
    kind: 'textarea',
    maxLength: requestLimits.resolution,
    help: 'complaints.rootCauseHelp',
  },
];

/** What is stored, by the names of the form's fields. */
export const storedComplaint = (complaint: ComplaintDetails): FormValues => ({
  causeId: complaint.causeId ?? '',
  responsibility: complaint.responsibility ?? '',
  responsibleId: complaint.responsibleId ?? '',
  remedy: complaint.remedy ?? '',
  cost: complaint.cost ?? '',
  rootCause: complaint.rootCause ?? '',
});

/** The page that changes the details of a complaint. */
export function complaintView(
  context: ViewerContext,
  request: RequestRecord,
  complaint: ComplaintDetails,
  choices: ComplaintChoices,
  values: FormValues = storedComplaint(complaint),
  problems: readonly Problem[] = [],
): AdminFormView {
  const title = context.t('complaints.edit', { number: request.request_no });
  return {
    title,
    header: pageHeader(title, { trail: requestTrail(context, request) }),
    editForm: complaintForm(context, request, complaint, choices, values, problems),
  };
}

/** The form itself; `version` in the values is what it was opened with. */
export function complaintForm(
  context: ViewerContext,
  request: RequestRecord,
  complaint: ComplaintDetails,
  choices: ComplaintChoices,
  values: FormValues,
  problems: readonly Problem[] = [],
): EditFormView {
  const { version } = values;
  const path = `/service-requests/${request.id}`;
  return {
    action: `${path}/complaint`,
    form: formView(context.t, complaintSpecs(context, choices), values, problems),
    hidden: [{ name: 'version', value: typeof version === 'string' ? version : String(complaint.version) }],
    submitLabel: context.t('form.save'),
    cancelHref: path,
  };
}
