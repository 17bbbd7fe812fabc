import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import type { HiddenFieldView } from '../../core/views/edit-form-view.js';
import type { Problem } from '../../core/errors.js';
import { formView, type FieldSpec, type FormValues, type FormView } from '../../core/form.js';
import { formatNumber } from '../../core/format.js';
import type { ShownCount } from '../../core/lists/list-selection.js';
import type { PageHeaderView } from '../../core/views/page-header-view.js';
import { bulkActionLabel, type BulkChangeName } from './bulk-actions.js';
import type { BulkPreview } from './bulk-changes.queries.js';

export interface BulkConfirmView {
  readonly title: string;
  readonly header: PageHeaderView;
  /** What will happen, in numbers; then what will not. */
  readonly facts: readonly string[];
  /** The first customers, and how many more. */
  readonly names: readonly string[];
  readonly form: FormView;
  readonly hidden: readonly HiddenFieldView[];
  /** '' when nothing can be changed. */
  readonly confirmLabel: string;
  readonly isDestructive: boolean;
  readonly cancelHref: string;
}

export interface BulkSelection {
  readonly action: BulkChangeName;
  readonly filter: string;
  /** As the list showed it; undefined when the form is shown again. */
  readonly shownCount: ShownCount | undefined;
}

/** The page before a change of many customers: it says in numbers what will happen and asks for the new value. */
export function bulkConfirmView(
  context: ViewerContext,
  selection: BulkSelection,
  preview: BulkPreview,
  field: FieldSpec | undefined,
  values: FormValues = {},
  problems: readonly Problem[] = [],
): BulkConfirmView {
  const { t, locale } = context;
  const { action, filter } = selection;
  const title = bulkActionLabel(t, action);
  const numbered = (count: number) => ({ count, number: formatNumber(count, locale) });
  const more = preview.permitted - preview.first.length;
  return {
    title,
    header: {
      title,
      count: '',
      subtitle: '',
      trail: [{ label: t('navigation.customers'), href: '/customers' }],
      actions: [],
    },
    facts: facts(context, selection, preview),
    names: [
      ...preview.first.map(({ name, customer_no }) => `${name} (${customer_no})`),
      ...(more > 0 ? [t('bulkChanges.more', numbered(more))] : []),
    ],
    form: formView(t, field ? [field] : [], values, problems),
    hidden: [
      { name: 'id', value: typeof values['id'] === 'string' ? values['id'] : newId() },
      { name: 'action', value: action },
      { name: 'filter', value: filter },
      { name: 'expected', value: String(preview.matching) },
      { name: 'seenAt', value: preview.seen_at.toISOString() },
    ],
    confirmLabel:
      preview.permitted === 0 ? '' : t(`bulkChanges.confirm.${action}`, numbered(preview.permitted)),
    isDestructive: action === 'deletion',
    cancelHref: filter.startsWith('ids=') || filter === '' ? '/customers' : `/customers?${filter}`,
  };
}

function facts(
  { t, locale }: ViewerContext,
  { action, shownCount }: BulkSelection,
  { matching, permitted, impossible }: BulkPreview,
): string[] {
  const forbidden = matching - permitted - impossible;
  const numbered = (count: number) => ({ count, number: formatNumber(count, locale) });
  return [
    t('bulkChanges.selected', numbered(matching)),
    ...(shownCount && !isAsShown(shownCount, matching)
      ? [
          t('bulkChanges.countDiffers', {
            shown: `${formatNumber(shownCount.count, locale)}${shownCount.isMore ? '+' : ''}`,
            number: formatNumber(matching, locale),
          }),
        ]
      : []),
    ...(forbidden > 0 ? [t('bulkChanges.forbidden', numbered(forbidden))] : []),
    ...(impossible > 0 ? [t('bulkChanges.impossible', numbered(impossible))] : []),
    ...(permitted > 0
      ? [t(action === 'deletion' ? 'bulkChanges.toRecycleBin' : 'bulkChanges.undoHint')]
      : []),
  ];
}

const isAsShown = ({ count, isMore }: ShownCount, matching: number): boolean =>
  isMore ? matching > count : matching === count;
