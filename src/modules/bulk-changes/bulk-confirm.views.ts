import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import type { HiddenFieldView } from '../../core/views/edit-form-view.js';
import type { Problem } from '../../core/errors.js';
import { formView, type FieldSpec, type FormValues, type FormView } from '../../core/form.js';
import { formatNumber } from '../../core/format.js';
import type { ShownCount } from '../../core/lists/list-selection.js';
import type { PageHeaderView } from '../../core/views/page-header-view.js';
import { bulkHeader } from './bulk-header.views.js';
import type { BulkPreview } from './bulk-preview.queries.js';
import type { BulkAction, BulkRemark, BulkSubject } from './bulk-subject.js';

export interface BulkConfirmView {
  readonly title: string;
  readonly header: PageHeaderView;
  readonly action: string;
  /** What will happen, in numbers; then what will not. */
  readonly facts: readonly string[];
  /** What to consider before. */
  readonly remark: BulkRemark | undefined;
  readonly namesTitle: string;
  /** The first records, and how many more. */
  readonly names: readonly string[];
  readonly form: FormView;
  readonly hidden: readonly HiddenFieldView[];
  /** '' when nothing can be changed. */
  readonly confirmLabel: string;
  readonly isDestructive: boolean;
  readonly cancelHref: string;
}

export interface BulkSelection {
  readonly subject: BulkSubject;
  readonly action: BulkAction;
  readonly filter: string;
  /** As the list showed it; undefined when the form is shown again. */
  readonly shownCount: ShownCount | undefined;
}

export interface BulkConfirmation {
  readonly preview: BulkPreview;
  /** Asks for the value on this page; undefined where it was chosen before or none is needed. */
  readonly field: FieldSpec | undefined;
  /** What was chosen before, how people call it; '' for nothing. */
  readonly chosen: string;
  readonly values: FormValues;
  readonly problems: readonly Problem[];
}

/** The page before a change of many records: it says in numbers what will happen, and may ask for the new value. */
export function bulkConfirmView(
  context: ViewerContext,
  selection: BulkSelection,
  { preview, field, chosen, values, problems }: BulkConfirmation,
): BulkConfirmView {
  const { t, locale } = context;
  const { subject, action, filter } = selection;
  const header = bulkHeader(t, subject, action, chosen);
  const numbered = (count: number) => ({ count, number: formatNumber(count, locale) });
  const more = preview.changing - preview.first.length;
  const sent = (name: string): string => (typeof values[name] === 'string' ? values[name] : '');
  return {
    title: header.title,
    header,
    action: subject.path,
    facts: facts(context, selection, preview),
    remark: preview.remark,
    namesTitle: t(subject.texts.names),
    names: [...preview.first, ...(more > 0 ? [t('bulkChanges.more', numbered(more))] : [])],
    form: formView(
      t,
      [field, preview.reasonField].filter((spec) => spec !== undefined),
      values,
      problems,
    ),
    hidden: [
      { name: 'id', value: sent('id') || newId() },
      { name: 'action', value: action.name },
      { name: 'filter', value: filter },
      { name: 'expected', value: String(preview.matching) },
      { name: 'seenAt', value: preview.seenAt.toISOString() },
      ...(action.choosesFirst ? [{ name: 'value', value: sent('value') }] : []),
    ],
    confirmLabel: preview.changing === 0 ? '' : t(action.confirm, numbered(preview.changing)),
    isDestructive: action.isDestructive,
    cancelHref: listHref(subject, filter),
  };
}

/** The list as it was filtered; ticked rows are gone from it. */
export const listHref = ({ listPath }: BulkSubject, filter: string): string =>
  filter.startsWith('ids=') || filter === '' ? listPath : `${listPath}?${filter}`;

function facts(
  { t, locale }: ViewerContext,
  { subject, action, shownCount }: BulkSelection,
  { matching, changing, unchanged, forbidden, refusals }: BulkPreview,
): string[] {
  const numbered = (count: number) => ({ count, number: formatNumber(count, locale) });
  const counted = [
    ['bulkChanges.unchanged', unchanged],
    [subject.texts.forbidden, forbidden],
    ...subject.refusals.map(({ name, fact }) => [fact, refusals[name] ?? 0] as const),
  ] as const;
  return [
    t(subject.texts.selected, numbered(matching)),
    ...(shownCount && !isAsShown(shownCount, matching)
      ? [
          t('bulkChanges.countDiffers', {
            shown: `${formatNumber(shownCount.count, locale)}${shownCount.isMore ? '+' : ''}`,
            number: formatNumber(matching, locale),
          }),
        ]
      : []),
    ...counted.filter(([, count]) => count > 0).map(([fact, count]) => t(fact, numbered(count))),
    ...(changing > 0 ? [t(action.hint)] : []),
  ];
}

const isAsShown = ({ count, isMore }: ShownCount, matching: number): boolean =>
  isMore ? matching > count : matching === count;
