import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import {
  formView,
  type FieldOption,
  type FieldSpec,
  type FieldView,
  type FormValues,
} from '../../core/form.js';
import { formatNumber } from '../../core/format.js';
import type { HiddenFieldView } from '../../core/views/edit-form-view.js';
import type { PageHeaderView } from '../../core/views/page-header-view.js';
import { pageHeader, type AdminConfirmView, type AdminFormView } from '../admin/admin-pages.js';
import { handoverSplits, withoutKey, type HandoverSplit } from './handover-plan.js';
import type { HandoverChoices, HandoverPreview } from './handovers.queries.js';
import { receiverFieldName } from './handovers.schemas.js';

export interface HandoverStartView {
  readonly title: string;
  readonly header: PageHeaderView;
  readonly fields: readonly FieldView[];
}

const startPath = '/handovers/new';

/** The first step: who leaves, and how the customers are split. */
export function handoverStartView(
  { t }: ViewerContext,
  { people }: HandoverChoices,
  values: FormValues,
): HandoverStartView {
  const title = t('handovers.title');
  const specs: readonly FieldSpec[] = [
    {
      name: 'from',
      label: 'handovers.from',
      kind: 'select',
      required: true,
      options: people.map(({ id, name, is_disabled }) => ({
        value: id,
        label: is_disabled ? t('handovers.fromDisabled', { name }) : name,
      })),
    },
    {
      name: 'split',
      label: 'handovers.split',
      kind: 'select',
      required: true,
      options: handoverSplits.map((split) => ({ value: split, label: t(`handovers.split.${split}`) })),
    },
  ];
  return {
    title,
    header: pageHeader(title, { subtitle: t('handovers.subtitle') }),
    fields: formView(t, specs, values).fields,
  };
}

/** The second step: who receives, and what goes along. */
export function receiversView(
  { t }: ViewerContext,
  from: { readonly id: string; readonly name: string },
  choices: HandoverChoices,
  values: FormValues,
  problems: readonly Problem[] = [],
): AdminFormView {
  const split = handoverSplits.find((known) => known === values['split']) ?? 'one';
  const title = t('handovers.runTitle', { name: from.name });
  const shown = problems.length > 0 ? values : { ...values, withFollowUps: true, withCollaborations: true };
  const keyed = keyedFields({ t }, split, choices);
  const form = formView(t, specs({ t }, split, receiverOptions(choices, from.id), keyed), shown, problems);
  const labels = new Map<string, string>(keyed.map(({ name, label }) => [name, label]));
  return {
    title,
    header: pageHeader(title, {
      trail: [{ label: t('handovers.title'), href: startPath }],
      subtitle: t(`handovers.split.${split}`),
    }),
    editForm: {
      action: '/handovers',
      form: {
        ...form,
        fields: form.fields.map((field) => ({ ...field, label: labels.get(field.name) ?? field.label })),
      },
      hidden: [
        { name: 'id', value: typeof values['id'] === 'string' ? values['id'] : newId() },
        { name: 'from', value: from.id },
        { name: 'split', value: split },
      ],
      submitLabel: t('handovers.preview'),
      cancelHref: startPath,
    },
  };
}

const receiverOptions = ({ people }: HandoverChoices, fromId: string): FieldOption[] =>
  people
    .filter(({ id, is_disabled }) => id !== fromId && !is_disabled)
    .map(({ id, name }) => ({ value: id, label: name }));

/** A field for each branch or tier, and one for customers without. */
function keyedFields(
  { t }: Pick<ViewerContext, 't'>,
  split: HandoverSplit,
  { branches, tiers }: HandoverChoices,
) {
  const rows = split === 'branch' ? branches : split === 'tier' ? tiers : [];
  const none = split === 'branch' ? t('handovers.noBranch') : t('tiers.none');
  const named = rows.map(({ id, name }) => ({ name: receiverFieldName(id), label: name }));
  return split === 'branch' || split === 'tier'
    ? [...named, { name: receiverFieldName(withoutKey), label: none }]
    : [];
}

function specs(
  { t }: Pick<ViewerContext, 't'>,
  split: HandoverSplit,
  options: readonly FieldOption[],
  keyed: readonly { readonly name: string }[],
): readonly FieldSpec[] {
  const receivers: readonly FieldSpec[] =
    split === 'one'
      ? [{ name: 'receiver', label: 'handovers.receiver', kind: 'select', required: true, options }]
      : split === 'evenly'
        ? [{ name: 'receivers', label: 'handovers.receivers', kind: 'checkboxes', required: true, options }]
        : keyed.map(({ name }) => ({
            name,
            label: 'handovers.receiver',
            kind: 'select',
            options: [{ value: '', label: t('handovers.keep') }, ...options],
          }));
  return [
    ...receivers,
    { name: 'withFollowUps', label: 'handovers.withFollowUps', kind: 'checkbox' },
    { name: 'withCollaborations', label: 'handovers.withCollaborations', kind: 'checkbox' },
  ];
}

/** The last step before anything moves: who gets how many. */
export function handoverPreviewView(
  context: ViewerContext,
  name: string,
  typed: FormValues,
  preview: HandoverPreview,
): AdminConfirmView {
  const { t } = context;
  const title = t('handovers.previewTitle');
  const consequences = previewTexts(context, name, preview);
  const { from, split } = typed;
  return {
    title,
    header: pageHeader(title, { trail: [{ label: t('handovers.title'), href: startPath }] }),
    confirm: {
      action: '/handovers',
      question: t('handovers.question', { name }),
      consequences: consequences.length > 0 ? consequences : [t('handovers.nothing')],
      hidden: confirming(typed),
      confirmLabel: t('handovers.confirm'),
      cancelHref: `${startPath}?${new URLSearchParams({ from: textOf(from), split: textOf(split) }).toString()}`,
      isDestructive: false,
    },
  };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What was typed, field by field, and that its effect was seen. */
const confirming = (typed: FormValues): HiddenFieldView[] => [
  ...Object.entries(typed).flatMap(([name, value]) =>
    name === '_csrf' || name === 'isPreviewed'
      ? []
      : [value].flat().flatMap((one) => (typeof one === 'string' ? [{ name, value: one }] : [])),
  ),
  { name: 'isPreviewed', value: 'on' },
];

function previewTexts({ t, locale }: ViewerContext, name: string, preview: HandoverPreview): string[] {
  const numbered = (count: number) => ({ count, number: formatNumber(count, locale) });
  const { shares, stay, binned, follow_ups: followUps, collaborations } = preview;
  return [
    ...shares.map((share) =>
      share.name === null
        ? t('handovers.intoPool', numbered(share.count))
        : t('handovers.gets', { name: share.name, ...numbered(share.count) }),
    ),
    ...(binned > 0 ? [t('handovers.binned', numbered(binned))] : []),
    ...(stay > 0 ? [t('handovers.stay', { name, ...numbered(stay) })] : []),
    ...(followUps > 0 ? [t('handovers.followUps', numbered(followUps))] : []),
    ...(collaborations > 0 ? [t('handovers.collaborations', numbered(collaborations))] : []),
  ];
}
