import type { ViewerContext } from '../../../core/context.js';
import { formView, type FieldSpec } from '../../../core/form.js';
import { formatDateTime, formatRelative } from '../../../core/format.js';
import { listView, type ListColumn } from '../../../core/lists/list-builder.js';
import type { CellView } from '../../../core/lists/list-view.js';
import type { ListResult } from '../../../core/lists/list.js';
import { activeFilters } from '../active-filters.js';
import { pageHeader, type AdminListView } from '../admin-pages.js';
import { formatNames } from '../name-list.js';
import { roleName } from '../role-names.js';
import { defaultUserOrder, type RoleChoice, type UserListRow } from './users.queries.js';
import { userStates, type UserListQuery } from './users.schemas.js';

const columns: readonly ListColumn[] = [
  { name: 'name', label: 'users.name', sort: 'name' },
  { name: 'username', label: 'auth.username', sort: 'username' },
  { name: 'roles', label: 'users.roles' },
  { name: 'teams', label: 'users.teams' },
  { name: 'state', label: 'users.state' },
  { name: 'lastSeen', label: 'users.lastSeen' },
  { name: 'createdAt', label: 'users.createdAt', sort: 'createdAt' },
];

/** The list of users. */
export function usersIndexView(
  context: ViewerContext,
  query: UserListQuery,
  result: ListResult<UserListRow>,
  roles: readonly RoleChoice[],
): AdminListView {
  const { t, locale } = context;
  const title = t('navigation.users');
  const filters = formView(t, filterSpecs(context, roles), { ...query }).fields;
  const list = listView({
    t,
    locale,
    path: '/admin/users',
    query: query.q ?? '',
    searchPlaceholder: 'users.searchPlaceholder',
    order: query.sort ?? defaultUserOrder,
    defaultOrder: defaultUserOrder,
    filters,
    activeFilters: activeFilters(filters, locale),
    columns,
    result,
    row: (row) => ({ href: `/admin/users/${row.id}`, cells: cells(context, row) }),
    empty: { title: t('users.empty'), hint: '', actionLabel: t('users.new'), actionHref: '/admin/users/new' },
  });
  const create = {
    label: t('users.new'),
    href: '/admin/users/new',
    icon: 'user-plus',
    emphasis: 'primary',
    shortcut: 'n',
  } as const;
  return { title, header: pageHeader(title, { count: list.count, actions: [create] }), notice: '', list };
}

function filterSpecs({ t }: ViewerContext, roles: readonly RoleChoice[]): readonly FieldSpec[] {
  return [
    {
      name: 'role',
      label: 'users.role',
      kind: 'select',
      options: roles.map((role) => ({ value: role.id, label: roleName(t, role) })),
    },
    {
      name: 'state',
      label: 'users.state',
      kind: 'select',
      options: userStates.map((state) => ({ value: state, label: t(`users.state.${state}`) })),
    },
  ];
}

function cells({ t, locale, deps }: ViewerContext, row: UserListRow): CellView[] {
  const state = row.disabled_at ? 'disabled' : 'active';
  const moment = (at: Date | null): CellView =>
    at ? { text: formatRelative(at, deps.now(), locale), title: formatDateTime(at, locale) } : { text: '' };
  return [
    { text: row.name },
    { text: row.username },
    {
      text: formatNames(
        row.roles.map((role) => roleName(t, role)),
        locale,
      ),
    },
    {
      text: formatNames(
        row.teams.map(({ name }) => name),
        locale,
      ),
    },
    { text: t(`users.state.${state}`), badge: state === 'active' ? 'green' : 'secondary' },
    moment(row.last_seen_at),
    moment(row.created_at),
  ];
}
