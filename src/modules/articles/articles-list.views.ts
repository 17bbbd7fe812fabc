import type { ViewerContext } from '../../core/context.js';
import { formView } from '../../core/form.js';
import { formatCappedCount, formatDateTime, formatRelative } from '../../core/format.js';
import { listView, type ListColumn } from '../../core/lists/list-builder.js';
import type { ListResult } from '../../core/lists/list.js';
import type { PageActionView } from '../../core/views/page-header-view.js';
import { can } from '../../core/viewer.js';
import { activeFilters } from '../admin/active-filters.js';
import { pageHeader, type AdminListView } from '../admin/admin-pages.js';
import { stateCell, stateFilter } from '../canned-answers/in-use.js';
import { usageCap } from '../service-settings/setting-usage.queries.js';
import { articlesPath } from './article.js';
import { audienceCell } from './audience.js';
import { defaultArticleOrder, type ArticleRow } from './articles.queries.js';
import type { ArticleListQuery } from './articles.schemas.js';

const columns: readonly ListColumn[] = [
  { name: 'title', label: 'articles.name', sort: 'title' },
  { name: 'audience', label: 'articles.audience' },
  { name: 'used', label: 'articles.used', numeric: true },
  { name: 'updatedAt', label: 'articles.changedAt', sort: 'updatedAt' },
  { name: 'state', label: 'serviceSettings.state' },
];

/** The list of articles, with its search in titles and texts. */
export function articlesView(
  context: ViewerContext,
  query: ArticleListQuery,
  result: ListResult<ArticleRow>,
): AdminListView {
  const { t, locale, viewer, deps } = context;
  const title = t('articles.title');
  const filters = [...audienceFilter(context, query), ...stateFilter(context, query.state)];
  const newHref = can(viewer, 'answers:manage') ? `${articlesPath}/new` : '';
  const create: PageActionView = {
    ...{ label: t('articles.new'), href: newHref, icon: 'plus', emphasis: 'primary', shortcut: 'n' },
  };
  const list = listView({
    t,
    locale,
    path: articlesPath,
    query: query.q ?? '',
    searchPlaceholder: 'articles.searchPlaceholder',
    order: query.sort ?? defaultArticleOrder,
    defaultOrder: defaultArticleOrder,
    filters,
    activeFilters: activeFilters(filters, locale),
    columns,
    result,
    row: (row) => ({
      href: `${articlesPath}/${row.id}`,
      cells: [
        { text: row.title },
        audienceCell(context, row),
        { text: formatCappedCount(row.useCount, usageCap, locale), numeric: true },
        {
          text: formatRelative(row.updatedAt, deps.now(), locale),
          title: formatDateTime(row.updatedAt, locale),
        },
        stateCell(context, row),
      ],
    }),
    empty: {
      title: t('articles.empty'),
      hint: t('articles.emptyHint'),
      actionLabel: newHref === '' ? '' : create.label,
      actionHref: newHref,
    },
  });
  const actions = newHref === '' ? [] : [create];
  const header = pageHeader(title, { count: list.count, subtitle: t('articles.about'), actions });
  return { title, header, notice: '', list };
}

const audienceFilter = ({ t }: ViewerContext, { audience }: ArticleListQuery) =>
  formView(
    t,
    [
      {
        name: 'audience',
        label: 'articles.audience',
        kind: 'select',
        options: (['public', 'internal'] as const).map((value) => ({
          value,
          label: t(`articles.audience.${value}`),
        })),
      },
    ],
    { audience: audience ?? '' },
  ).fields;
