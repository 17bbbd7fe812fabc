import type { ViewerContext } from '../../../core/context.js';
import { formView, type FieldSpec } from '../../../core/form.js';
import { listView, type ListColumn } from '../../../core/lists/list-builder.js';
import type { ListResult } from '../../../core/lists/list.js';
import { can } from '../../../core/viewer.js';
import { pageHeader, type AdminListView } from '../admin-pages.js';
import { activeFilters } from '../active-filters.js';
import { personOptions, type Person } from '../people.queries.js';
import { defaultLoginLogOrder, type SignInRow } from './login-log.queries.js';
import { signInResults, type LoginLogQuery } from './login-log.schemas.js';
import { signInCells, signInColumns } from './sign-in-cells.js';

const columns: readonly ListColumn[] = signInColumns.map((label) => ({
  name: label,
  label,
  ...(label === 'loginLog.at' ? { sort: 'at' } : {}),
}));

/** Who signed in, who was refused and why, and which sign-ins were ended. */
export function loginLogView(
  context: ViewerContext,
  query: LoginLogQuery,
  result: ListResult<SignInRow>,
  people: readonly Person[],
): AdminListView {
  const { t, locale, viewer } = context;
  const title = t('navigation.loginLog');
  const filters = formView(t, filterSpecs(context, people), { ...query }).fields;
  const list = listView({
    t,
    locale,
    path: '/admin/login-log',
    query: query.q ?? '',
    searchPlaceholder: 'loginLog.searchPlaceholder',
    order: query.sort ?? defaultLoginLogOrder,
    defaultOrder: defaultLoginLogOrder,
    filters,
    activeFilters: activeFilters(filters, locale),
    columns,
    result,
    row: (row) => ({
      href: row.actor_id !== null && can(viewer, 'users:manage') ? `/admin/users/${row.actor_id}` : '',
      cells: signInCells(context, row),
    }),
    empty: { title: t('loginLog.empty'), hint: '', actionLabel: '', actionHref: '' },
  });
  return { title, header: pageHeader(title, { count: list.count }), notice: '', list };
}

function filterSpecs({ t }: ViewerContext, people: readonly Person[]): readonly FieldSpec[] {
  return [
    { name: 'person', label: 'loginLog.person', kind: 'select', options: personOptions(people) },
    {
      name: 'result',
      label: 'loginLog.result',
      kind: 'select',
      options: signInResults.map((signIn) => ({ value: signIn, label: t(`loginLog.result.${signIn}`) })),
    },
    { name: 'from', label: 'auditLog.from', kind: 'date' },
    { name: 'to', label: 'auditLog.to', kind: 'date' },
  ];
}
