import type { ViewerContext } from '../../core/context.js';
import { formatDay, formatNumber } from '../../core/format.js';
import type { CellView } from '../../core/lists/list-view.js';
import { dayWindowsText } from '../../core/working-time/day-windows-text.js';
import type { DayWindows } from '../../core/working-time/working-calendar.js';
import type { StaffRow } from './staff-schedules.queries.js';

/** Whether somebody can be given requests now, and if not, why. */
export function presenceCell({ t, locale }: ViewerContext, row: StaffRow): CellView {
  if (row.takesAutomatic === null) return { text: t('staffSchedules.notSetUp'), badge: 'secondary' };
  if (row.absentUntil !== null)
    return {
      text: t('staffSchedules.absentUntil', { day: formatDay(row.absentUntil, locale) }),
      badge: 'yellow',
    };
  if (row.shifts.length === 0) return { text: t('staffSchedules.noHours'), badge: 'red' };
  if (!row.takesAutomatic) return { text: t('staffSchedules.takesNone'), badge: 'secondary' };
  return row.isAtWork
    ? { text: t('staffSchedules.atWork'), badge: 'green' }
    : { text: t('staffSchedules.offShift'), badge: 'secondary' };
}

/** Open requests against those they can have: "4 of 10". */
export function loadCell({ t, locale }: ViewerContext, row: StaffRow): CellView {
  const open = formatNumber(row.openCount, locale);
  if (row.maximumOpen === null) return { text: open };
  const text = t('staffSchedules.loadOf', { open, maximum: formatNumber(row.maximumOpen, locale) });
  return row.openCount >= row.maximumOpen ? { text, badge: 'red' } : { text };
}

/** Hours short enough for a week side by side, "9–12:30 14–18", and in full on hover. */
export const hoursCell = (windows: DayWindows): CellView => ({
  text: windows
    .map(({ fromMinute, toMinute }) => `${shortClock(fromMinute)}–${shortClock(toMinute)}`)
    .join(' '),
  title: dayWindowsText(windows),
});

function shortClock(minute: number): string {
  const hour = String(Math.floor(minute / 60));
  return minute % 60 === 0 ? hour : `${hour}:${String(minute % 60).padStart(2, '0')}`;
}
