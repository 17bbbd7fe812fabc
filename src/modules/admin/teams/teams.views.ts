import type { ViewerContext } from '../../../core/context.js';
import { formView } from '../../../core/form.js';
import { formatNumber } from '../../../core/format.js';
import { listView, type ListColumn } from '../../../core/lists/list-builder.js';
import type { ListResult } from '../../../core/lists/list.js';
import type { PageActionView } from '../../../core/views/page-header-view.js';
import { can } from '../../../core/viewer.js';
import { activeFilters } from '../active-filters.js';
import { pageHeader, plainRows, type AdminListView, type AdminRecordView } from '../admin-pages.js';
import { historyHref } from '../audit-log/history-href.js';
import type { BranchChoice } from './branches.queries.js';
import { defaultTeamOrder, type TeamListRow, type TeamRecord } from './teams.queries.js';
import type { TeamListQuery } from './teams.schemas.js';

const columns: readonly ListColumn[] = [
  { name: 'name', label: 'teams.name', sort: 'name' },
  { name: 'branch', label: 'teams.branch' },
  { name: 'members', label: 'teams.memberCount', numeric: true },
];

/** The list of teams. */
export function teamsIndexView(
  context: ViewerContext,
  query: TeamListQuery,
  result: ListResult<TeamListRow>,
  branches: readonly BranchChoice[],
): AdminListView {
  const { t, locale } = context;
  const title = t('navigation.teams');
  const options = branches.map(({ id, name }) => ({ value: id, label: name }));
  const filters = formView(t, [{ name: 'branch', label: 'teams.branch', kind: 'select', options }], {
    ...query,
  }).fields;
  const list = listView({
    t,
    locale,
    path: '/admin/teams',
    query: query.q ?? '',
    searchPlaceholder: 'teams.searchPlaceholder',
    order: query.sort ?? defaultTeamOrder,
    defaultOrder: defaultTeamOrder,
    filters,
    activeFilters: activeFilters(filters, locale),
    columns,
    result,
    row: (row) => ({
      href: `/admin/teams/${row.id}`,
      cells: [
        { text: row.name },
        { text: row.branch_name ?? '' },
        { text: formatNumber(row.member_count, locale), numeric: true },
      ],
    }),
    empty: {
      title: t('teams.empty'),
      hint: t('teams.emptyHint'),
      actionLabel: t('teams.new'),
      actionHref: '/admin/teams/new',
    },
  });
  const actions: PageActionView[] = [
    {
      label: t('branches.title'),
      href: '/admin/branches',
      icon: 'building-store',
      emphasis: 'plain',
      shortcut: '',
    },
    { label: t('teams.new'), href: '/admin/teams/new', icon: 'plus', emphasis: 'primary', shortcut: 'n' },
  ];
  return { title, header: pageHeader(title, { count: list.count, actions }), notice: '', list };
}

/** One team with its branch and members. */
export function teamShowView({ t, locale, viewer }: ViewerContext, team: TeamRecord): AdminRecordView {
  const mayOpenUsers = can(viewer, 'users:manage');
  const path = `/admin/teams/${team.id}`;
  const actions: PageActionView[] = [
    {
      label: t('teams.editAction'),
      href: `${path}/edit`,
      icon: 'pencil',
      emphasis: 'primary',
      shortcut: 'e',
    },
  ];
  if (can(viewer, 'audit-log:read')) {
    actions.push({
      label: t('auditLog.history'),
      href: historyHref('teams', team.id),
      icon: 'history',
      emphasis: 'plain',
      shortcut: '',
    });
  }
  return {
    title: team.name,
    header: pageHeader(team.name, {
      trail: [{ label: t('navigation.teams'), href: '/admin/teams' }],
      actions,
    }),
    notice: '',
    definitions: [
      { label: t('teams.branch'), value: { text: team.branch_name ?? '' } },
      { label: t('teams.memberCount'), value: { text: formatNumber(team.members.length, locale) } },
    ],
    buttons: [],
    sections: [
      {
        id: 'members',
        title: t('teams.members'),
        columns: [t('users.name'), t('auth.username'), t('users.state')],
        rows: plainRows(
          team.members.map((member) => [
            { text: member.name, ...(mayOpenUsers ? { href: `/admin/users/${member.id}` } : {}) },
            { text: member.username },
            { text: t(member.isDisabled ? 'users.state.disabled' : 'users.state.active') },
          ]),
        ),
        emptyText: t('teams.noMembers'),
        more: undefined,
      },
    ],
  };
}
