import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import { formView, type FieldOption, type FieldSpec, type FormValues } from '../../core/form.js';
import type { EditFormView } from '../../core/views/edit-form-view.js';
import { pageHeader, type AdminFormView } from '../admin/admin-pages.js';
import { durationText } from '../deadlines/duration-text.js';
import { priorityName } from '../request-types/priority-name.js';
import { typeName } from '../request-types/type-name.js';
import { settingsPath } from '../service-settings/setting-forms.js';
import { calendarName } from '../working-calendars/calendar-name.js';
import { policyLimits } from './deadline-policy.js';
import type { PolicyChoices, PolicyRecord } from './deadline-policies.queries.js';
import { policyName } from './policy-name.js';

export const policiesPath = '/admin/deadline-policies';

/** The way up from pages below the list. */
export const policiesTrail = ({ t }: ViewerContext) => [
  { label: t('serviceSettings.title'), href: settingsPath },
  { label: t('deadlinePolicies.title'), href: policiesPath },
];

const lengthSpec = { kind: 'text', help: 'deadlinePolicies.durationHelp', maxLength: 40 } as const;

/** The fields of a policy. */
export function policySpecs({ t }: ViewerContext, choices: PolicyChoices): readonly FieldSpec[] {
  const any = (label: string): FieldOption => ({ value: '', label });
  const named = ({ id, name }: { readonly id: string; readonly name: string }): FieldOption => ({
    value: id,
    label: name,
  });
  return [
    {
      name: 'name',
      label: 'deadlinePolicies.name',
      kind: 'text',
      required: true,
      maxLength: policyLimits.nameLength,
    },
    {
      ...{ name: 'typeId', label: 'deadlinePolicies.type', kind: 'select' },
      options: [
        any(t('deadlinePolicies.anyType')),
        ...choices.types.map((type) => ({ value: type.id, label: typeName(t, type) })),
      ],
    },
    {
      ...{ name: 'priority', label: 'deadlinePolicies.priority', kind: 'select' },
      options: [
        any(t('deadlinePolicies.anyPriority')),
        ...[4, 3, 2, 1].map((priority) => ({ value: String(priority), label: priorityName(t, priority) })),
      ],
    },
    {
      ...{ name: 'tierId', label: 'deadlinePolicies.tier', kind: 'select' },
      options: [any(t('deadlinePolicies.anyTier')), ...choices.tiers.map(named)],
    },
    { name: 'firstResponse', label: 'deadlines.kind.firstResponse', ...lengthSpec },
    { name: 'update', label: 'deadlines.kind.update', ...lengthSpec },
    { name: 'resolution', label: 'deadlines.kind.resolution', ...lengthSpec },
    {
      ...{ name: 'calendarId', label: 'deadlinePolicies.calendar', kind: 'select', required: true },
      options: choices.calendars.map((calendar) => ({
        value: calendar.id,
        label: calendarName(t, calendar),
      })),
    },
    {
      ...lengthSpec,
      name: 'warning',
      label: 'deadlinePolicies.warning',
      help: 'deadlinePolicies.warningHelp',
    },
    {
      ...{ name: 'escalationUserIds', label: 'deadlinePolicies.people', kind: 'checkboxes' },
      help: 'deadlinePolicies.peopleHelp',
      options: choices.people.map(named),
    },
    {
      ...{ name: 'position', label: 'deadlinePolicies.position', kind: 'number', required: true },
      help: 'deadlinePolicies.positionHelp',
    },
  ];
}

/** What is stored, as the form's fields hold it. */
export function storedPolicy({ t }: ViewerContext, policy: PolicyRecord): FormValues {
  const length = (minutes: number | null): string => (minutes === null ? '' : durationText(t, minutes));
  const { firstResponse, update, resolution } = policy.targets;
  return {
    ...{ name: policy.name, typeId: policy.typeId ?? '', priority: String(policy.priority ?? '') },
    ...{ tierId: policy.tierId ?? '', calendarId: policy.calendarId, position: String(policy.position) },
    ...{ firstResponse: length(firstResponse), update: length(update), resolution: length(resolution) },
    ...{ warning: length(policy.warningMinutes), escalationUserIds: policy.escalationUserIds },
  };
}

/** The page for a new policy; with values and problems after a refusal. */
export function newPolicyView(
  context: ViewerContext,
  choices: PolicyChoices,
  values?: FormValues,
  problems: readonly Problem[] = [],
): AdminFormView {
  const { t } = context;
  const title = t('deadlinePolicies.new');
  const calendarId = choices.calendars.find(({ isDefault }) => isDefault)?.id ?? '';
  const shown = values ?? { id: newId(), calendarId, warning: durationText(t, 30), position: '0' };
  return {
    title,
    header: pageHeader(title, { trail: policiesTrail(context) }),
    editForm: {
      ...previewedForm(context, policiesPath, [{ name: 'id', value: String(shown.id) }]),
      form: formView(t, policySpecs(context, choices), shown, problems),
    },
  };
}

/** The page that changes a policy; with values and problems after a refusal. */
export function editPolicyView(
  context: ViewerContext,
  policy: PolicyRecord,
  choices: PolicyChoices,
  values?: FormValues,
  problems: readonly Problem[] = [],
): AdminFormView {
  const { t } = context;
  const title = policyName(t, policy.name);
  const own = `${policiesPath}/${policy.id}`;
  const archive = {
    label: t(policy.isArchived ? 'deadlinePolicies.unarchive' : 'deadlinePolicies.archive'),
    href: `${own}/archival`,
    icon: '',
    emphasis: 'plain',
    shortcut: '',
  } as const;
  const remove = {
    label: t('form.delete'),
    href: `${own}/deletion`,
    icon: 'trash',
    emphasis: 'danger',
    shortcut: '',
  } as const;
  return {
    title,
    header: pageHeader(title, {
      trail: policiesTrail(context),
      actions: policy.isArchived && !policy.isUsed ? [archive, remove] : [archive],
    }),
    editForm: policyForm(
      context,
      policy,
      choices,
      values ?? { ...storedPolicy(context, policy), version: policy.version },
      problems,
    ),
  };
}

/** The form of a policy that exists; `version` in the values is what it was opened with. */
export function policyForm(
  context: ViewerContext,
  policy: PolicyRecord,
  choices: PolicyChoices,
  values: FormValues,
  problems: readonly Problem[] = [],
): EditFormView {
  return {
    ...previewedForm(context, `${policiesPath}/${policy.id}`, [
      { name: 'version', value: String(values.version) },
    ]),
    form: formView(context.t, policySpecs(context, choices), values, problems),
  };
}

/** A form that shows what would change before anything is saved. */
const previewedForm = ({ t }: ViewerContext, action: string, hidden: EditFormView['hidden']) => ({
  action,
  hidden,
  submitLabel: t('deadlines.preview.show'),
  cancelHref: policiesPath,
});
