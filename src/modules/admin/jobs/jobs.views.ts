import { taskError } from '../../../core/background-tasks.js';
import type { ViewerContext } from '../../../core/context.js';
import { formView } from '../../../core/form.js';
import { formatDateTime, formatNumber, formatRelative } from '../../../core/format.js';
import { isMessageKey, type Translate } from '../../../core/i18n.js';
import { listView, type ListColumn } from '../../../core/lists/list-builder.js';
import type { CellView } from '../../../core/lists/list-view.js';
import type { ListResult } from '../../../core/lists/list.js';
import { activeFilters } from '../active-filters.js';
import { pageHeader, type AdminListView } from '../admin-pages.js';
import { defaultJobOrder, type TaskRow } from './jobs.queries.js';
import { taskStates, type JobQuery } from './jobs.schemas.js';

const columns: readonly ListColumn[] = [
  { name: 'kind', label: 'jobs.kind' },
  { name: 'creator', label: 'jobs.creator' },
  { name: 'state', label: 'jobs.state' },
  { name: 'progress', label: 'jobs.progress', numeric: true },
  { name: 'error', label: 'jobs.error' },
  { name: 'createdAt', label: 'jobs.createdAt', sort: 'createdAt' },
  { name: 'startedAt', label: 'jobs.startedAt' },
  { name: 'finishedAt', label: 'jobs.finishedAt' },
];

const badges = { queued: 'secondary', running: 'blue', done: 'green', failed: 'red' } as const;

/** The background tasks: what they do, for whom, how far they are, and what went wrong. */
export function jobsView(
  context: ViewerContext,
  query: JobQuery,
  result: ListResult<TaskRow>,
): AdminListView {
  const { t, locale } = context;
  const title = t('navigation.jobs');
  const options = taskStates.map((state) => ({ value: state, label: t(`jobs.state.${state}`) }));
  const filters = formView(t, [{ name: 'state', label: 'jobs.state', kind: 'select', options }], {
    ...query,
  }).fields;
  const list = listView({
    t,
    locale,
    path: '/admin/jobs',
    query: query.q ?? '',
    searchPlaceholder: 'jobs.searchPlaceholder',
    order: query.sort ?? defaultJobOrder,
    defaultOrder: defaultJobOrder,
    filters,
    activeFilters: activeFilters(filters, locale),
    columns,
    result,
    row: (row) => ({ href: '', cells: cells(context, row) }),
    empty: { title: t('jobs.empty'), hint: t('jobs.emptyHint'), actionLabel: '', actionHref: '' },
  });
  return { title, header: pageHeader(title, { count: list.count }), notice: '', list };
}

function cells({ t, locale, deps }: ViewerContext, row: TaskRow): CellView[] {
  const moment = (at: Date | null): CellView =>
    at ? { text: formatRelative(at, deps.now(), locale), title: formatDateTime(at, locale) } : { text: '' };
  const progress = {
    done: formatNumber(row.progress_done, locale),
    total: formatNumber(row.progress_total, locale),
  };
  return [
    { text: kindLabel(t, row.kind) },
    { text: row.creator_name ?? t('jobs.system') },
    { text: t(`jobs.state.${row.state}`), badge: badges[row.state] },
    { text: row.progress_total > 0 ? t('jobs.progressOf', progress) : '', numeric: true },
    { text: taskError(t, row.error) },
    moment(row.created_at),
    moment(row.started_at),
    moment(row.finished_at),
  ];
}

/** A kind of task in words; its name where it has none. */
function kindLabel(t: Translate, kind: string): string {
  const key = `jobs.kind.${kind}`;
  return isMessageKey(key) ? t(key) : kind;
}
