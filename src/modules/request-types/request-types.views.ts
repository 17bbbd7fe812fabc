import type { ViewerContext } from '../../core/context.js';
import type { FieldSpec, FormValues } from '../../core/form.js';
import { formatYesNo } from '../../core/format.js';
import type { CellView } from '../../core/lists/list-view.js';
import {
  inPlaces,
  orderedPage,
  orderedRow,
  usageCell,
  type OrderedPageView,
} from '../service-settings/ordered-page.js';
import { choiceOptions, type SettingChoices } from '../service-settings/setting-choices.queries.js';
import { priorityName } from './priority-name.js';
import { requestBehaviours, requestPriorities, requestTypeLimits } from './request-type.js';
import type { ListedType, RequestType } from './request-types.queries.js';
import { behaviourName, typeName } from './type-name.js';

export const requestTypesPath = '/admin/request-types';

/** All types in their order. */
export function requestTypesView(context: ViewerContext, types: readonly ListedType[]): OrderedPageView {
  const { t } = context;
  return orderedPage(context, {
    path: requestTypesPath,
    title: t('requestTypes.title'),
    subtitle: t('requestTypes.about'),
    newLabel: t('requestTypes.new'),
    columns: [
      t('requestTypes.behaviour'),
      t('requestTypes.defaultPriority'),
      t('serviceSettings.team'),
      t('serviceSettings.skill'),
      t('requestTypes.isSurveyed'),
      t('requestTypes.isPublic'),
      t('serviceSettings.requests'),
    ],
    rows: inPlaces(types).map(({ record, ...place }) =>
      orderedRow(context, requestTypesPath, {
        record,
        name: typeName(t, record),
        cells: typeCells(context, record),
        ...place,
      }),
    ),
    emptyHint: t('requestTypes.emptyHint'),
    maximum: requestTypeLimits.types,
  });
}

function typeCells(context: ViewerContext, type: ListedType): CellView[] {
  const { t } = context;
  return [
    { text: behaviourName(t, type.behaviour) },
    { text: priorityName(t, type.defaultPriority) },
    { text: type.teamName ?? '' },
    { text: type.skillName ?? '' },
    { text: formatYesNo(type.isSurveyed, t) },
    { text: formatYesNo(type.isPublic, t) },
    usageCell(context, type.requestCount, `/service-requests?type=${type.id}`),
  ];
}

/** The fields of the form; the behaviour only while it can be chosen. */
export function requestTypeSpecs(
  { t }: ViewerContext,
  { teams, skills }: SettingChoices,
  isNew: boolean,
): readonly FieldSpec[] {
  const behaviour: FieldSpec = {
    name: 'behaviour',
    label: 'requestTypes.behaviour',
    kind: 'select',
    required: true,
    help: 'requestTypes.behaviourHelp',
    options: requestBehaviours.map((one) => ({ value: one, label: behaviourName(t, one) })),
  };
  return [
    {
      name: 'name',
      label: 'serviceSettings.name',
      kind: 'text',
      required: true,
      maxLength: requestTypeLimits.name,
    },
    ...(isNew ? [behaviour] : []),
    {
      name: 'defaultPriority',
      label: 'requestTypes.defaultPriority',
      kind: 'select',
      required: true,
      help: 'requestTypes.defaultPriorityHelp',
      options: requestPriorities.map((one) => ({ value: String(one), label: priorityName(t, one) })),
    },
    {
      name: 'teamId',
      label: 'serviceSettings.team',
      kind: 'select',
      help: 'requestTypes.teamHelp',
      options: choiceOptions(teams),
    },
    {
      name: 'skillId',
      label: 'serviceSettings.skill',
      kind: 'select',
      help: 'serviceSettings.skillHelp',
      options: choiceOptions(skills),
    },
    {
      name: 'isSurveyed',
      label: 'requestTypes.isSurveyed',
      kind: 'checkbox',
      help: 'requestTypes.isSurveyedHelp',
    },
    { name: 'isPublic', label: 'requestTypes.isPublic', kind: 'checkbox', help: 'requestTypes.isPublicHelp' },
  ];
}

/** What is stored, by the names of the form's fields; for a new type what it begins with. */
export const requestTypeValues = (type: RequestType | undefined): FormValues =>
  type
    ? {
        name: type.name,
        defaultPriority: String(type.defaultPriority),
        teamId: type.teamId ?? '',
        skillId: type.skillId ?? '',
        isSurveyed: type.isSurveyed,
        isPublic: type.isPublic,
      }
    : { behaviour: 'plain', defaultPriority: '2', isSurveyed: true, isPublic: true };
