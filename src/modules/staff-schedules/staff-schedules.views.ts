import type { ViewerContext } from '../../core/context.js';
import { listView, type ListColumn } from '../../core/lists/list-builder.js';
import type { ListResult } from '../../core/lists/list.js';
import { weekdays } from '../../core/working-time/working-calendar.js';
import { pageHeader, type AdminListView } from '../admin/admin-pages.js';
import { formatNames } from '../admin/name-list.js';
import { skillsPath } from '../skills/skill.js';
import { hoursCell, loadCell, presenceCell } from './staff-cells.js';
import { schedulePath, staffSchedulesPath, weekHours } from './staff-schedule.js';
import { defaultStaffOrder, type StaffRow } from './staff-schedules.queries.js';
import type { StaffListQuery } from './staff-schedules.schemas.js';

const columns: readonly ListColumn[] = [
  { name: 'name', label: 'users.name', sort: 'name' },
  { name: 'presence', label: 'staffSchedules.presence' },
  { name: 'load', label: 'staffSchedules.short.load' },
  ...weekdays.map((day) => ({ name: day, label: `staffSchedules.short.${day}` }) as const),
  { name: 'skills', label: 'skills.title' },
];

/** The way up from pages below the list. */
export const staffTrail = ({ t }: ViewerContext) => [
  { label: t('staffSchedules.title'), href: staffSchedulesPath },
];

/** The week of everybody who works requests: hours, load now, absences and skills. A row opens the person. */
export function staffIndexView(
  context: ViewerContext,
  query: StaffListQuery,
  result: ListResult<StaffRow>,
): AdminListView {
  const { t, locale } = context;
  const title = t('staffSchedules.title');
  const list = listView({
    t,
    locale,
    path: staffSchedulesPath,
    query: query.q ?? '',
    searchPlaceholder: 'staffSchedules.searchPlaceholder',
    order: query.sort ?? defaultStaffOrder,
    defaultOrder: defaultStaffOrder,
    filters: [],
    activeFilters: [],
    columns,
    result,
    row: (row) => {
      const hours = weekHours(row.shifts);
      return {
        href: schedulePath(row.id),
        cells: [
          { text: row.name, title: row.username },
          presenceCell(context, row),
          loadCell(context, row),
          ...weekdays.map((day) => hoursCell(hours[day])),
          { text: formatNames(row.skills, locale) },
        ],
      };
    },
    empty: {
      title: t('staffSchedules.empty'),
      hint: t('staffSchedules.emptyHint'),
      actionLabel: t('navigation.roles'),
      actionHref: '/admin/roles',
    },
  });
  const skills = {
    label: t('skills.title'),
    href: skillsPath,
    icon: '',
    emphasis: 'plain',
    shortcut: '',
  } as const;
  const subtitle = t('staffSchedules.subtitle');
  return {
    title,
    header: pageHeader(title, { count: list.count, subtitle, actions: [skills] }),
    notice: '',
    list,
  };
}
