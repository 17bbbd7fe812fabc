import type { ViewerContext } from '../../core/context.js';
import { formatNumber } from '../../core/format.js';
import { listView, type ListColumn } from '../../core/lists/list-builder.js';
import type { CellView } from '../../core/lists/list-view.js';
import type { ListResult } from '../../core/lists/list.js';
import { pageHeader, plainRows, type AdminListView, type AdminRecordView } from '../admin/admin-pages.js';
import type { Person } from '../admin/people.queries.js';
import { skillsPath, type Skill } from './skill.js';
import { defaultSkillOrder, isUnused, type SkillRecord, type SkillRow } from './skills.queries.js';
import type { SkillListQuery } from './skills.schemas.js';

const columns: readonly ListColumn[] = [
  { name: 'name', label: 'skills.name', sort: 'name' },
  { name: 'staff', label: 'skills.staffCount', numeric: true },
  { name: 'types', label: 'skills.typeCount', numeric: true },
  { name: 'categories', label: 'skills.categoryCount', numeric: true },
  { name: 'state', label: 'skills.state' },
];

/** The way up from pages below the list. */
export const skillsTrail = ({ t }: ViewerContext) => [{ label: t('skills.title'), href: skillsPath }];

/** The list of skills; a row opens the skill. */
export function skillsIndexView(
  context: ViewerContext,
  query: SkillListQuery,
  result: ListResult<SkillRow>,
): AdminListView {
  const { t, locale } = context;
  const title = t('skills.title');
  const create = {
    label: t('skills.new'),
    href: `${skillsPath}/new`,
    icon: 'plus',
    emphasis: 'primary',
    shortcut: 'n',
  } as const;
  const number = (value: number): CellView => ({ text: formatNumber(value, locale), numeric: true });
  const list = listView({
    t,
    locale,
    path: skillsPath,
    query: query.q ?? '',
    searchPlaceholder: 'skills.searchPlaceholder',
    order: query.sort ?? defaultSkillOrder,
    defaultOrder: defaultSkillOrder,
    filters: [],
    activeFilters: [],
    columns,
    result,
    row: (row) => ({
      href: `${skillsPath}/${row.id}`,
      cells: [
        { text: row.name },
        number(row.staffCount),
        number(row.typeCount),
        number(row.categoryCount),
        stateCell(context, row),
      ],
    }),
    empty: {
      title: t('skills.empty'),
      hint: t('skills.emptyHint'),
      actionLabel: create.label,
      actionHref: create.href,
    },
  });
  const header = pageHeader(title, { count: list.count, subtitle: t('skills.about'), actions: [create] });
  return { title, header, notice: '', list };
}

/** The page of a skill: who has it, what needs it, and the way out of use. */
export function skillView(
  context: ViewerContext,
  skill: SkillRecord,
  holders: readonly Person[],
): AdminRecordView {
  const { t, locale } = context;
  const own = `${skillsPath}/${skill.id}`;
  const edit = {
    label: t('form.edit'),
    href: `${own}/edit`,
    icon: 'pencil',
    emphasis: 'primary',
    shortcut: 'e',
  } as const;
  const remove = {
    label: t('form.delete'),
    href: `${own}/deletion`,
    icon: 'trash',
    emphasis: 'danger',
    shortcut: '',
  } as const;
  const button = skill.isArchived
    ? { action: `${own}/archival/removal`, label: t('skills.unarchive'), spokenLabel: '' }
    : { action: `${own}/archival`, label: t('skills.archive'), spokenLabel: '' };
  return {
    title: skill.name,
    header: pageHeader(skill.name, {
      trail: skillsTrail(context),
      actions: isUnused(skill) ? [edit, remove] : [edit],
    }),
    notice: skill.isArchived ? t('skills.archivedNotice') : '',
    definitions: [
      { label: t('skills.state'), value: stateCell(context, skill) },
      {
        label: t('skills.typeCount'),
        value: { text: formatNumber(skill.typeCount, locale), href: '/admin/request-types' },
      },
      {
        label: t('skills.categoryCount'),
        value: { text: formatNumber(skill.categoryCount, locale), href: '/admin/request-categories' },
      },
    ],
    buttons: [button],
    sections: [
      {
        id: 'holders',
        title: t('skills.holders'),
        columns: [t('users.name'), t('auth.username')],
        rows: plainRows(
          holders.map(({ id, name, username }) => [
            { text: name, href: `/admin/staff-schedules/${id}` },
            { text: username },
          ]),
        ),
        emptyText: t('skills.nobody'),
        more: { label: t('staffSchedules.title'), href: '/admin/staff-schedules' },
      },
    ],
  };
}

const stateCell = ({ t }: ViewerContext, { isArchived }: Pick<Skill, 'isArchived'>): CellView =>
  isArchived
    ? { text: t('skills.archived'), badge: 'secondary' }
    : { text: t('skills.inUse'), badge: 'green' };
