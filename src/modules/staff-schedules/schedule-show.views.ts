import type { ViewerContext } from '../../core/context.js';
import { dayOf, formatNumber, formatYesNo } from '../../core/format.js';
import type { CellView } from '../../core/lists/list-view.js';
import { dayWindowsText } from '../../core/working-time/day-windows-text.js';
import { weekdays } from '../../core/working-time/working-calendar.js';
import { pageHeader, plainRows, type AdminRecordView, type SectionView } from '../admin/admin-pages.js';
import { formatNames } from '../admin/name-list.js';
import { absencePath, coversDay, type Absence } from './absence.js';
import { absenceDays } from './absences.views.js';
import { loadCell, presenceCell } from './staff-cells.js';
import { schedulePath, weekHours } from './staff-schedule.js';
import type { StaffRecord } from './staff-schedules.queries.js';
import { staffTrail } from './staff-schedules.views.js';

/** Somebody's page: load and skills, hours of the week, absences. */
export function scheduleView(
  context: ViewerContext,
  staff: StaffRecord,
  absences: readonly Absence[],
): AdminRecordView {
  const { t, locale } = context;
  const own = schedulePath(staff.id);
  const plain = { icon: '', emphasis: 'plain', shortcut: '' } as const;
  const edit = {
    label: t('form.edit'),
    href: `${own}/edit`,
    icon: 'pencil',
    emphasis: 'primary',
    shortcut: 'e',
  } as const;
  const number = (value: number | null): CellView => ({
    text: value === null ? '' : formatNumber(value, locale),
  });
  return {
    title: staff.name,
    header: pageHeader(staff.name, {
      trail: staffTrail(context),
      actions: [
        { ...plain, label: t('staffSchedules.copyHours'), href: `${own}/hours-copy` },
        { ...plain, label: t('staffSchedules.newAbsence'), href: `${own}/absences/new`, icon: 'plus' },
        edit,
      ],
    }),
    notice: noticeText(context, staff),
    definitions: [
      { label: t('staffSchedules.presence'), value: presenceCell(context, staff) },
      { label: t('staffSchedules.load'), value: loadCell(context, staff) },
      {
        label: t('staffSchedules.takesAutomatic'),
        value: { text: formatYesNo(staff.takesAutomatic ?? false, t) },
      },
      { label: t('staffSchedules.weight'), value: number(staff.weight) },
      { label: t('skills.title'), value: { text: formatNames(staff.skills, locale) } },
    ],
    buttons: [],
    sections: [hoursSection(context, staff), absencesSection(context, staff, absences)],
  };
}

function noticeText({ t }: ViewerContext, staff: StaffRecord): string {
  if (!staff.mayWork) return t('staffSchedules.mayNotWork');
  return staff.shifts.length === 0 ? t('staffSchedules.noHoursNotice') : '';
}

function hoursSection({ t }: ViewerContext, staff: StaffRecord): SectionView {
  const hours = weekHours(staff.shifts);
  return {
    id: 'hours',
    title: t('staffSchedules.hours'),
    columns: [t('staffSchedules.weekday'), t('staffSchedules.hours')],
    rows: plainRows(
      weekdays.map((day) => [
        { text: t(`staffSchedules.day.${day}`) },
        { text: dayWindowsText(hours[day]) || t('staffSchedules.free') },
      ]),
    ),
    emptyText: '',
    more: undefined,
  };
}

function absencesSection(
  context: ViewerContext,
  staff: StaffRecord,
  absences: readonly Absence[],
): SectionView {
  const { t, deps } = context;
  const today = dayOf(deps.now());
  return {
    id: 'absences',
    title: t('staffSchedules.absences'),
    columns: [
      t('staffSchedules.days'),
      t('staffSchedules.reason'),
      t('staffSchedules.substitute'),
      t('staffSchedules.requests'),
    ],
    rows: plainRows(
      absences.map((absence) => [
        { text: absenceDays(context, absence), href: absencePath(absence.id) },
        { text: t(`staffSchedules.reason.${absence.reason}`) },
        substituteCell(context, absence),
        coversDay(absence, today)
          ? { text: t('staffSchedules.passOn'), href: `${absencePath(absence.id)}/requests` }
          : { text: '' },
      ]),
    ),
    emptyText: t('staffSchedules.noAbsences'),
    more: undefined,
  };
}

function substituteCell({ t }: ViewerContext, { substituteName, isSubstituteAbsent }: Absence): CellView {
  if (substituteName === null) return { text: '' };
  return isSubstituteAbsent
    ? { text: t('staffSchedules.absentToo', { name: substituteName }), badge: 'yellow' }
    : { text: substituteName };
}
