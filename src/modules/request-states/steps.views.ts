import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import { formView, type FieldOption, type FormValues, type ProblemView } from '../../core/form.js';
import type { PageHeaderView } from '../../core/views/page-header-view.js';
import { pageHeader } from '../admin/admin-pages.js';
import { settingTrail } from '../service-settings/setting-forms.js';
import { requiredFields, transitionPermissions, type StateColor } from './request-state.js';
import type { Lifecycle, RequestState } from './request-states.queries.js';
import { stepFields } from './request-states.schemas.js';
import { requestStatesPath } from './request-states.views.js';
import { stateName } from './state-name.js';
import { fingerprintOf, stepsFrom, type PossibleStep } from './steps.js';

export interface StepRowView {
  readonly name: string;
  readonly color: StateColor;
  readonly permissionName: string;
  readonly permissions: readonly (FieldOption & { readonly isChosen: boolean })[];
  readonly requiredName: string;
  readonly required: readonly (FieldOption & { readonly isChosen: boolean })[];
}

export interface StepsView {
  readonly title: string;
  readonly header: PageHeaderView;
  readonly action: string;
  readonly seen: string;
  readonly problems: readonly ProblemView[];
  readonly steps: readonly StepRowView[];
  readonly cancelHref: string;
}

/** The form with every step from one state; with values and problems after a refusal. */
export function stepsView(
  context: ViewerContext,
  lifecycle: Lifecycle,
  state: RequestState,
  values?: FormValues,
  problems: readonly Problem[] = [],
): StepsView {
  const { t } = context;
  const title = t('requestStates.stepsFrom', { name: stateName(t, state) });
  const steps = stepsFrom(lifecycle, state.id);
  return {
    title,
    header: pageHeader(title, {
      subtitle: t('requestStates.stepsHint'),
      trail: settingTrail(context, 'requestStates.title', requestStatesPath),
    }),
    action: `${requestStatesPath}/${state.id}/steps`,
    seen: fingerprintOf(steps),
    problems: formView(t, [], {}, problems).problems,
    steps: steps.map((step) => stepRow(context, step, values)),
    cancelHref: requestStatesPath,
  };
}

function stepRow(
  { t }: ViewerContext,
  { state, transition }: PossibleStep,
  values: FormValues | undefined,
): StepRowView {
  const permissionName = `${stepFields.permission}${state.id}`;
  const requiredName = `${stepFields.required}${state.id}`;
  const permission = values ? values[permissionName] : (transition?.permission ?? '');
  const required: unknown[] = values
    ? [values[requiredName]].flat()
    : [...(transition?.requiredFields ?? [])];
  return {
    name: stateName(t, state),
    color: state.color,
    permissionName,
    permissions: [
      { value: '', label: t('requestStates.noStep'), isChosen: permission === '' },
      ...transitionPermissions.map((one) => ({
        value: one,
        label: t(`permissions.${one}`),
        isChosen: permission === one,
      })),
    ],
    requiredName,
    required: requiredFields.map((field) => ({
      value: field,
      label: t(`requestStates.field.${field}`),
      isChosen: required.includes(field),
    })),
  };
}
