import type { ViewerContext } from '../../core/context.js';
import { listView, type ListColumn } from '../../core/lists/list-builder.js';
import type { ListResult } from '../../core/lists/list.js';
import type { PageActionView } from '../../core/views/page-header-view.js';
import { can } from '../../core/viewer.js';
import { activeFilters } from '../admin/active-filters.js';
import { pageHeader, type AdminListView, type AdminRecordView } from '../admin/admin-pages.js';
import { cannedAnswersPath } from './canned-answer.js';
import {
  defaultAnswerOrder,
  type CannedAnswerRecord,
  type CannedAnswerRow,
} from './canned-answers.queries.js';
import type { CannedAnswerListQuery } from './canned-answers.schemas.js';
import { excerptOf } from './excerpt.js';
import { stateCell, stateFilter } from './in-use.js';

const columns: readonly ListColumn[] = [
  { name: 'name', label: 'serviceSettings.name', sort: 'name' },
  { name: 'shortcut', label: 'cannedAnswers.shortcut' },
  { name: 'body', label: 'cannedAnswers.body' },
  { name: 'state', label: 'serviceSettings.state' },
];

/** The list of answers; a row opens one. */
export function cannedAnswersView(
  context: ViewerContext,
  query: CannedAnswerListQuery,
  result: ListResult<CannedAnswerRow>,
): AdminListView {
  const { t, locale, viewer } = context;
  const title = t('cannedAnswers.title');
  const filters = stateFilter(context, query.state);
  const newHref = can(viewer, 'answers:manage') ? `${cannedAnswersPath}/new` : '';
  const create: PageActionView = {
    ...{ label: t('cannedAnswers.new'), href: newHref, icon: 'plus', emphasis: 'primary', shortcut: 'n' },
  };
  const list = listView({
    t,
    locale,
    path: cannedAnswersPath,
    query: query.q ?? '',
    searchPlaceholder: 'cannedAnswers.searchPlaceholder',
    order: query.sort ?? defaultAnswerOrder,
    defaultOrder: defaultAnswerOrder,
    filters,
    activeFilters: activeFilters(filters, locale),
    columns,
    result,
    row: (row) => ({
      href: `${cannedAnswersPath}/${row.id}`,
      cells: [
        { text: row.name },
        { text: shortcutText(row) },
        { text: excerptOf(row.body) },
        stateCell(context, row),
      ],
    }),
    empty: {
      title: t('cannedAnswers.empty'),
      hint: t('cannedAnswers.emptyHint'),
      actionLabel: newHref === '' ? '' : create.label,
      actionHref: newHref,
    },
  });
  const actions = newHref === '' ? [] : [create];
  const header = pageHeader(title, { count: list.count, subtitle: t('cannedAnswers.about'), actions });
  return { title, header, notice: '', list };
}

/** The page of an answer as it is written, its places open. */
export function cannedAnswerView(context: ViewerContext, answer: CannedAnswerRecord): AdminRecordView {
  const { t, viewer } = context;
  const own = `${cannedAnswersPath}/${answer.id}`;
  const isManager = can(viewer, 'answers:manage');
  const edit: PageActionView = {
    ...{ label: t('form.edit'), href: `${own}/edit`, icon: 'pencil', emphasis: 'primary', shortcut: 'e' },
  };
  const archival = answer.isArchived
    ? { action: `${own}/archival/removal`, label: t('serviceSettings.unarchive'), spokenLabel: '' }
    : { action: `${own}/archival`, label: t('serviceSettings.archive'), spokenLabel: '' };
  return {
    title: answer.name,
    header: pageHeader(answer.name, {
      trail: [{ label: t('cannedAnswers.title'), href: cannedAnswersPath }],
      actions: isManager ? [edit] : [],
    }),
    notice: '',
    definitions: [
      { label: t('cannedAnswers.shortcut'), value: { text: shortcutText(answer) } },
      { label: t('serviceSettings.state'), value: stateCell(context, answer) },
    ],
    buttons: isManager ? [archival] : [],
    text: { title: t('cannedAnswers.body'), text: answer.body },
    sections: [],
  };
}

const shortcutText = ({ shortcut }: Pick<CannedAnswerRow, 'shortcut'>): string =>
  shortcut === null ? '' : `/${shortcut}`;
