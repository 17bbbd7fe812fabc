import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import { formView, type FieldSpec, type FormValues } from '../../core/form.js';
import { pageHeader, type AdminFormView } from '../admin/admin-pages.js';
import { stateName } from '../request-states/state-name.js';
import type { RequiredField } from '../request-states/request-state.js';
import type { ChoosableCause } from './complaint-choices.queries.js';
import { causeSpec, remedySpec, responsibilitySpec } from './complaint.views.js';
import type { RequestChoices } from './request-choices.queries.js';
import { requestTrail } from './request-trail.js';
import { categoryOptions } from './request-labels.js';
import { requestLimits } from './request.js';
import type { AllowedStep, RequestRecord } from './service-requests.queries.js';
import { askedFields } from './step-fields.js';

/** What the page of a step offers to choose from. */
export interface StepChoices {
  readonly choices: RequestChoices;
  readonly causes: readonly ChoosableCause[];
}

/** The page that asks for what a step needs before it is taken. */
export function stepView(
  context: ViewerContext,
  request: RequestRecord,
  step: AllowedStep,
  offered: StepChoices,
  values: FormValues = storedForStep(request),
  problems: readonly Problem[] = [],
): AdminFormView {
  const { t } = context;
  const title = t('serviceRequests.step', { number: request.request_no, state: stateName(t, step) });
  const path = `/service-requests/${request.id}`;
  return {
    title,
    header: pageHeader(title, { trail: requestTrail(context, request), subtitle: request.subject }),
    editForm: {
      action: `${path}/transitions`,
      form: formView(t, stepSpecs(context, request, step, offered), values, problems),
      hidden: [
        { name: 'fromStateId', value: request.state.id },
        { name: 'stateId', value: step.id },
      ],
      submitLabel: t('serviceRequests.takeStep', { state: stateName(t, step) }),
      cancelHref: path,
    },
  };
}

/** What the step asks for; whoever closes can always say what was done, and whoever moves why. */
function stepSpecs(
  { t }: ViewerContext,
  request: RequestRecord,
  step: AllowedStep,
  { choices, causes }: StepChoices,
): readonly FieldSpec[] {
  const asked = new Set<RequiredField>(askedFields(request, step));
  const required = (field: RequiredField) => (asked.has(field) ? { required: true } : {});
  const specs: readonly (FieldSpec & { readonly field: RequiredField })[] = [
    {
      ...{ field: 'category', name: 'categoryId', label: 'serviceRequests.category', kind: 'select' },
      ...{ options: categoryOptions(t, choices), ...required('category') },
    },
    { field: 'cause', ...causeSpec(t, causes), ...required('cause') },
    { field: 'responsibility', ...responsibilitySpec(t), ...required('responsibility') },
    { field: 'remedy', ...remedySpec, ...required('remedy') },
    {
      ...{ field: 'resolution', name: 'resolution', label: 'serviceRequests.resolution', kind: 'textarea' },
      ...{ maxLength: requestLimits.resolution, help: 'serviceRequests.resolutionHelp' },
      ...required('resolution'),
    },
    {
      ...{ field: 'reason', name: 'reason', label: 'serviceRequests.reason', kind: 'text' },
      ...{ maxLength: requestLimits.reason, ...required('reason') },
    },
  ];
  return specs.filter(({ field }) => asked.has(field) || field === 'reason');
}

/** What is known already of what a step may ask for. */
export const storedForStep = (request: RequestRecord): FormValues => ({
  categoryId: request.category?.id ?? '',
  resolution: request.resolution ?? '',
  causeId: request.complaint?.causeId ?? '',
  responsibility: request.complaint?.responsibility ?? '',
  remedy: request.complaint?.remedy ?? '',
  reason: '',
});
