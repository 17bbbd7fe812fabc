import type { ViewerContext } from '../../../core/context.js';
import { formatNumber } from '../../../core/format.js';
import { listView, type ListColumn } from '../../../core/lists/list-builder.js';
import type { ListResult } from '../../../core/lists/list.js';
import type { PageActionView } from '../../../core/views/page-header-view.js';
import { permissionNames } from '../../../core/permissions.js';
import { can } from '../../../core/viewer.js';
import {
  pageHeader,
  plainRows,
  type AdminConfirmView,
  type AdminListView,
  type AdminRecordView,
} from '../admin-pages.js';
import { historyHref } from '../audit-log/history-href.js';
import { roleDescription, roleName } from '../role-names.js';
import { defaultRoleOrder, type RoleListRow, type RoleRecord } from './roles.queries.js';
import type { RoleListQuery } from './roles.schemas.js';

const columns: readonly ListColumn[] = [
  { name: 'name', label: 'roles.name', sort: 'name' },
  { name: 'description', label: 'roles.description' },
  { name: 'permissions', label: 'roles.permissionCount', numeric: true },
  { name: 'users', label: 'roles.userCount', numeric: true },
];

/** The list of roles. */
export function rolesIndexView(
  context: ViewerContext,
  query: RoleListQuery,
  result: ListResult<RoleListRow>,
): AdminListView {
  const { t, locale } = context;
  const title = t('navigation.roles');
  const list = listView({
    t,
    locale,
    path: '/admin/roles',
    query: query.q ?? '',
    searchPlaceholder: 'roles.searchPlaceholder',
    order: query.sort ?? defaultRoleOrder,
    defaultOrder: defaultRoleOrder,
    filters: [],
    activeFilters: [],
    columns,
    result,
    row: (row) => ({
      href: `/admin/roles/${row.id}`,
      cells: [
        { text: roleName(t, row) },
        { text: roleDescription(t, row) },
        { text: formatNumber(row.permission_count, locale), numeric: true },
        { text: formatNumber(row.user_count, locale), numeric: true },
      ],
    }),
    empty: { title: t('roles.empty'), hint: '', actionLabel: t('roles.new'), actionHref: '/admin/roles/new' },
  });
  const create = {
    label: t('roles.new'),
    href: '/admin/roles/new',
    icon: 'plus',
    emphasis: 'primary',
    shortcut: 'n',
  } as const;
  return { title, header: pageHeader(title, { count: list.count, actions: [create] }), notice: '', list };
}

/** One role: what it allows, in words, and who has it. */
export function roleShowView(context: ViewerContext, role: RoleRecord): AdminRecordView {
  const { t, locale, viewer } = context;
  const title = roleName(t, role);
  const granted = permissionNames.flatMap((permission) => {
    const scope = role.grants.get(permission);
    return scope ? [[{ text: t(`permissions.${permission}`) }, { text: t(`scopes.${scope}`) }]] : [];
  });
  const mayOpenUsers = can(viewer, 'users:manage');
  return {
    title,
    header: pageHeader(title, {
      subtitle: roleDescription(t, role),
      trail: [{ label: t('navigation.roles'), href: '/admin/roles' }],
      actions: actions(context, role),
    }),
    notice: role.isWithinReach ? '' : t('roles.beyondReach'),
    definitions: [
      { label: t('roles.permissionCount'), value: { text: formatNumber(granted.length, locale) } },
      { label: t('roles.userCount'), value: { text: formatNumber(role.user_count, locale) } },
    ],
    buttons: [],
    sections: [
      {
        id: 'permissions',
        title: t('roles.permissions'),
        columns: [t('roles.permission'), t('roles.scope')],
        rows: plainRows(granted),
        emptyText: t('roles.noPermissions'),
        more: undefined,
      },
      {
        id: 'users',
        title: t('roles.users'),
        columns: [t('users.name'), t('auth.username'), t('users.state')],
        rows: plainRows(
          role.users.map((user) => [
            { text: user.name, ...(mayOpenUsers ? { href: `/admin/users/${user.id}` } : {}) },
            { text: user.username },
            { text: t(user.isDisabled ? 'users.state.disabled' : 'users.state.active') },
          ]),
        ),
        emptyText: t('roles.noUsers'),
        more: mayOpenUsers ? { label: t('roles.allUsers'), href: `/admin/users?role=${role.id}` } : undefined,
      },
    ],
  };
}

function actions({ t, viewer }: ViewerContext, role: RoleRecord): PageActionView[] {
  const path = `/admin/roles/${role.id}`;
  const found: PageActionView[] = [];
  if (role.isWithinReach) {
    found.push({
      label: t('roles.editAction'),
      href: `${path}/edit`,
      icon: 'pencil',
      emphasis: 'primary',
      shortcut: 'e',
    });
  }
  if (can(viewer, 'audit-log:read')) {
    found.push({
      label: t('auditLog.history'),
      href: historyHref('roles', role.id),
      icon: 'history',
      emphasis: 'plain',
      shortcut: '',
    });
  }
  if (role.isWithinReach && role.user_count === 0) {
    found.push({
      label: t('roles.deleteAction'),
      href: `${path}/deletion`,
      icon: 'trash',
      emphasis: 'danger',
      shortcut: '',
    });
  }
  return found;
}

/** The page before a role is deleted. */
export function roleDeletionView({ t }: ViewerContext, role: RoleRecord): AdminConfirmView {
  const name = roleName(t, role);
  const title = t('roles.delete', { name });
  const recordHref = `/admin/roles/${role.id}`;
  const trail = [
    { label: t('navigation.roles'), href: '/admin/roles' },
    { label: name, href: recordHref },
  ];
  return {
    title,
    header: pageHeader(title, { trail }),
    confirm: {
      action: `${recordHref}/deletion`,
      question: t('roles.deleteQuestion', { name }),
      consequences: [t('roles.deleteConsequence', { count: role.grants.size })],
      hidden: [],
      confirmLabel: t('roles.deleteConfirm'),
      cancelHref: recordHref,
      isDestructive: true,
    },
  };
}
