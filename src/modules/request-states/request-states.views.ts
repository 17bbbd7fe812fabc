import type { ViewerContext } from '../../core/context.js';
import type { FieldSpec, FormValues } from '../../core/form.js';
import type { Translate } from '../../core/i18n.js';
import type { CellView } from '../../core/lists/list-view.js';
import {
  inPlaces,
  orderedPage,
  orderedRow,
  usageCell,
  type OrderedPageView,
} from '../service-settings/ordered-page.js';
import { lifecycleSentences } from './lifecycle-check.js';
import { requestStateLimits, stateCategories, stateColors } from './request-state.js';
import type { Lifecycle, RequestState, StateRecord, Transition } from './request-states.queries.js';
import { stateName } from './state-name.js';

export const requestStatesPath = '/admin/request-states';

/** A step in the matrix; '' where there is none. */
export interface StepCellView {
  readonly to: string;
  readonly permission: string;
  readonly required: string;
}

export interface MatrixRowView {
  readonly name: string;
  readonly color: RequestState['color'];
  readonly href: string;
  readonly linkLabel: string;
  readonly steps: readonly StepCellView[];
}

export interface RequestStatesView extends OrderedPageView {
  /** The states in use, from which and to which steps lead. */
  readonly matrix: readonly MatrixRowView[];
}

/** The states in their order, and the matrix of steps between those in use. */
export function requestStatesView(
  context: ViewerContext,
  lifecycle: Lifecycle,
  counts: ReadonlyMap<string, number>,
): RequestStatesView {
  const { t } = context;
  const rows = inPlaces(lifecycle.states).map(({ record, ...place }) =>
    orderedRow(context, requestStatesPath, {
      record,
      name: stateName(t, record),
      badge: record.color,
      cells: stateCells(context, record, counts.get(record.id) ?? 0),
      ...place,
    }),
  );
  const page = orderedPage(context, {
    path: requestStatesPath,
    title: t('requestStates.title'),
    subtitle: t('requestStates.about'),
    newLabel: t('requestStates.new'),
    notices: lifecycleSentences(t, lifecycle).map(({ key, params }) => t(key, params)),
    columns: [t('requestStates.category'), t('requestStates.initial'), t('serviceSettings.requests')],
    rows,
    emptyHint: t('requestStates.emptyHint'),
    maximum: requestStateLimits.states,
  });
  return { ...page, matrix: matrixOf(t, lifecycle) };
}

const stateCells = (context: ViewerContext, state: RequestState, count: number): CellView[] => [
  { text: context.t(`requestStates.category.${state.category}`) },
  { text: state.isInitial ? context.t('requestStates.beginHere') : '' },
  usageCell(context, count, `/service-requests?state=${state.id}`),
];

function matrixOf(t: Translate, { states, transitions }: Lifecycle): MatrixRowView[] {
  const inUse = states.filter(({ isArchived }) => !isArchived);
  return inUse.map((from) => ({
    name: stateName(t, from),
    color: from.color,
    href: `${requestStatesPath}/${from.id}/steps`,
    linkLabel: t('requestStates.changeSteps', { name: stateName(t, from) }),
    steps: inUse.map((to) =>
      stepCell(
        t,
        to,
        transitions.find(({ fromStateId, toStateId }) => fromStateId === from.id && toStateId === to.id),
      ),
    ),
  }));
}

const stepCell = (t: Translate, to: RequestState, step: Transition | undefined): StepCellView => ({
  to: stateName(t, to),
  permission: step ? t(`requestStates.takes.${step.permission}`) : '',
  required: step
    ? step.requiredFields.map((field) => t(`requestStates.field.${field}`)).join(t('common.listSeparator'))
    : '',
});

/** The fields of the form; the category while no request ever had the state, the beginning while another one has it. */
export function requestStateSpecs(
  { t }: ViewerContext,
  state: StateRecord | undefined,
): readonly FieldSpec[] {
  const category: FieldSpec = {
    name: 'category',
    label: 'requestStates.category',
    kind: 'select',
    required: true,
    help: 'requestStates.categoryHelp',
    options: stateCategories.map((one) => ({ value: one, label: t(`requestStates.category.${one}`) })),
  };
  const initial: FieldSpec = {
    name: 'isInitial',
    label: 'requestStates.isInitial',
    kind: 'checkbox',
    help: 'requestStates.isInitialHelp',
  };
  return [
    {
      name: 'name',
      label: 'serviceSettings.name',
      kind: 'text',
      required: true,
      maxLength: requestStateLimits.name,
    },
    ...(state?.isUsed ? [] : [category]),
    {
      name: 'color',
      label: 'tags.color',
      kind: 'select',
      required: true,
      options: stateColors.map((color) => ({ value: color, label: t(`tags.color.${color}`) })),
    },
    ...(state && !state.isInitial && !state.isArchived ? [initial] : []),
  ];
}

/** What is stored, by the names of the form's fields; for a new state what it begins with. */
export const requestStateValues = (state: StateRecord | undefined): FormValues =>
  state ? { category: state.category, color: state.color } : { category: 'open', color: stateColors[0] };
