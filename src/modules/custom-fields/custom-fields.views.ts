import type { ViewerContext } from '../../core/context.js';
import type { EditFormView } from '../../core/views/edit-form-view.js';
import type { Problem } from '../../core/errors.js';
import { formView, type FieldSpec, type FormValues } from '../../core/form.js';
import { formatCappedCount, formatNumber, formatYesNo } from '../../core/format.js';
import { countCap } from '../../core/lists/list.js';
import type { PageHeaderView } from '../../core/views/page-header-view.js';
import { pageHeader, type AdminConfirmView, type AdminFormView } from '../admin/admin-pages.js';
import { customFieldKinds, customFieldLimits } from './custom-field.js';
import type { DefinedField } from './custom-fields.queries.js';
import type { CustomFieldChange } from './custom-fields.schemas.js';

export interface DefinedFieldView {
  readonly id: string;
  readonly label: string;
  readonly href: string;
  readonly key: string;
  readonly kind: string;
  readonly choices: string;
  readonly isRequired: string;
  readonly positionAction: string;
  readonly archivalAction: string;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

export interface CustomFieldsView {
  readonly title: string;
  readonly header: PageHeaderView;
  readonly inUse: readonly DefinedFieldView[];
  readonly archived: readonly DefinedFieldView[];
}

const path = '/admin/custom-fields';
const trail = ({ t }: ViewerContext) => [{ label: t('navigation.customFields'), href: path }];

/** All fields in their order, archived ones below. */
export function customFieldsView(context: ViewerContext, fields: readonly DefinedField[]): CustomFieldsView {
  const { t, locale } = context;
  const title = t('navigation.customFields');
  const create = {
    label: t('customFields.new'),
    href: `${path}/new`,
    icon: 'plus',
    emphasis: 'primary',
    shortcut: 'n',
  } as const;
  const shown = (isArchived: boolean): DefinedFieldView[] =>
    fields
      .filter((field) => field.isArchived === isArchived)
      .map((field, place, all) => fieldView(context, field, place === 0, place === all.length - 1));
  return {
    title,
    header: pageHeader(title, {
      count: formatNumber(fields.length, locale),
      subtitle: t('customFields.subtitle', { maximum: customFieldLimits.fields }),
      actions: fields.length < customFieldLimits.fields ? [create] : [],
    }),
    inUse: shown(false),
    archived: shown(true),
  };
}

function fieldView(
  { t }: ViewerContext,
  field: DefinedField,
  isFirst: boolean,
  isLast: boolean,
): DefinedFieldView {
  const own = `${path}/${field.id}`;
  return {
    id: field.id,
    label: field.label,
    href: field.isArchived ? '' : `${own}/edit`,
    key: field.key,
    kind: t(`customFields.kind.${field.kind}`),
    choices: field.choices.join(t('common.listSeparator')),
    isRequired: formatYesNo(field.isRequired, t),
    positionAction: `${own}/position`,
    archivalAction: field.isArchived ? `${own}/archival/removal` : `${own}/archival`,
    isFirst,
    isLast,
  };
}

/** The fields of the form; key and kind only while they can be chosen. */
export function customFieldSpecs({ t }: ViewerContext, isNew: boolean): readonly FieldSpec[] {
  const once: readonly FieldSpec[] = [
    {
      name: 'kind',
      label: 'customFields.kind',
      kind: 'select',
      required: true,
      help: 'customFields.kindHelp',
      options: customFieldKinds.map((kind) => ({ value: kind, label: t(`customFields.kind.${kind}`) })),
    },
    {
      name: 'key',
      label: 'customFields.key',
      kind: 'text',
      maxLength: customFieldLimits.key,
      help: 'customFields.keyHelp',
    },
  ];
  return [
    {
      name: 'label',
      label: 'customFields.label',
      kind: 'text',
      required: true,
      maxLength: customFieldLimits.label,
      help: 'customFields.labelHelp',
    },
    ...(isNew ? once : []),
    { name: 'choices', label: 'customFields.choices', kind: 'textarea', help: 'customFields.choicesHelp' },
    {
      name: 'isRequired',
      label: 'customFields.isRequired',
      kind: 'checkbox',
      help: 'customFields.isRequiredHelp',
    },
  ];
}

/** What is stored, by the names of the form's fields. */
export const storedField = ({ label, choices, isRequired }: DefinedField): FormValues => ({
  label,
  choices: choices.join('\n'),
  isRequired,
});

/** The page for a new field, or the one that changes a field; with values and problems after a refusal. */
export function customFieldFormView(
  context: ViewerContext,
  field: DefinedField | undefined,
  values: FormValues = field ? storedField(field) : {},
  problems: readonly Problem[] = [],
): AdminFormView {
  const { t } = context;
  const title = field ? t('customFields.edit', { label: field.label }) : t('customFields.new');
  const subtitle = field ? t(`customFields.kind.${field.kind}`) : '';
  return {
    title,
    header: pageHeader(title, { trail: trail(context), subtitle }),
    editForm: customFieldForm(context, field, values, problems),
  };
}

/** The form itself; `version` in the values is what it was opened with. */
export function customFieldForm(
  context: ViewerContext,
  field: DefinedField | undefined,
  values: FormValues,
  problems: readonly Problem[] = [],
): EditFormView {
  const { t } = context;
  const { version } = values;
  const specs = customFieldSpecs(context, field === undefined).filter(
    ({ name }) => name !== 'choices' || field === undefined || field.kind === 'choice',
  );
  return {
    action: field ? `${path}/${field.id}` : path,
    form: formView(t, specs, values, namedLimits(problems)),
    hidden: field
      ? [{ name: 'version', value: typeof version === 'string' ? version : String(field.version) }]
      : [],
    submitLabel: t(field ? 'form.save' : 'customFields.create'),
    cancelHref: path,
  };
}

/** Sentences about choices name the limit that was passed. */
const namedLimits = (problems: readonly Problem[]): Problem[] =>
  problems.map((problem) => {
    if (problem.key === 'customFields.choicesTooMany')
      return { ...problem, params: { maximum: customFieldLimits.choices } };
    return problem.key === 'customFields.choiceTooLong'
      ? { ...problem, params: { maximum: customFieldLimits.choice } }
      : problem;
  });

/** Asks before choices go that customers hold: how many they are, and what becomes of them. */
export function choiceRemovalView(
  context: ViewerContext,
  field: DefinedField,
  form: CustomFieldChange,
  holders: ReadonlyMap<string, number>,
): AdminConfirmView {
  const { t, locale } = context;
  const title = t('customFields.removedTitle', { label: field.label });
  return {
    title,
    header: pageHeader(title, { trail: trail(context) }),
    confirm: {
      action: `${path}/${field.id}`,
      question: t('customFields.removedQuestion'),
      consequences: [
        ...[...holders].map(([choice, count]) =>
          t('customFields.removedChoice', {
            choice,
            count,
            number: formatCappedCount(count, countCap, locale),
          }),
        ),
        t('customFields.removedStays'),
      ],
      hidden: [
        { name: 'version', value: String(form.version) },
        { name: 'label', value: form.label },
        { name: 'choices', value: form.choices.join('\n') },
        ...(form.isRequired ? [{ name: 'isRequired', value: 'on' }] : []),
        { name: 'removesHeld', value: 'on' },
      ],
      confirmLabel: t('customFields.removedConfirm'),
      cancelHref: `${path}/${field.id}/edit`,
      isDestructive: true,
    },
  };
}
