import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import { formView, type FieldSpec, type FormView } from '../../core/form.js';
import { formatNumber } from '../../core/format.js';
import type { HiddenFieldView } from '../../core/views/edit-form-view.js';
import type { PageHeaderView } from '../../core/views/page-header-view.js';
import { listHref, type BulkSelection } from './bulk-confirm.views.js';
import { bulkHeader } from './bulk-header.views.js';

export interface BulkChooseView {
  readonly title: string;
  readonly header: PageHeaderView;
  readonly action: string;
  readonly selected: string;
  readonly form: FormView;
  readonly hidden: readonly HiddenFieldView[];
  readonly cancelHref: string;
}

/** The page that asks for the new value where it decides which records can be changed; the confirmation comes next. */
export function bulkChooseView(
  { t, locale }: ViewerContext,
  { subject, action, filter, shownCount }: BulkSelection,
  count: number,
  field: FieldSpec,
  problems: readonly Problem[],
): BulkChooseView {
  const header = bulkHeader(t, subject, action, '');
  const shown = shownCount ? `${shownCount.count}${shownCount.isMore ? '+' : ''}` : String(count);
  return {
    title: header.title,
    header,
    action: `${subject.path}/new`,
    selected: t(subject.texts.selected, { count, number: formatNumber(count, locale) }),
    form: formView(t, [field], {}, problems),
    hidden: [
      { name: 'action', value: action.name },
      { name: 'filter', value: filter },
      { name: 'count', value: shown },
      { name: 'all', value: 'on' },
    ],
    cancelHref: listHref(subject, filter),
  };
}
