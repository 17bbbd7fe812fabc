import { z } from 'zod';
import type { MessageKey } from '../../core/i18n.js';
import { calendarLimits, type DayWindow, type DayWindows } from '../../core/working-time/working-calendar.js';

const window = /^(\d{1,2})[:：](\d{2})\s*[-–—~～至]\s*(\d{1,2})[:：](\d{2})$/;

/** Hours of a day as `09:00-12:00, 13:00-18:00`; empty for none. What is wrong is told as a sentence of the texts. */
export const hoursField = z
  .string()
  .max(300)
  .transform((text, context): DayWindows => {
    const parts = text.split(/[,，、;；]/).map((part) => part.trim());
    const windows = parts.filter((part) => part !== '').map(parseWindow);
    const problem = problemOf(windows);
    if (problem) context.addIssue({ code: 'custom', message: problem });
    return windows.filter((one) => one !== undefined);
  });

function parseWindow(text: string): DayWindow | undefined {
  const [, fromHour, fromMinute, toHour, toMinute] = window.exec(text) ?? [];
  const [from, to] = [clockMinute(fromHour, fromMinute), clockMinute(toHour, toMinute)];
  return from === undefined || to === undefined ? undefined : { fromMinute: from, toMinute: to };
}

/** Minutes after midnight, up to 24:00; undefined for what no clock shows. */
function clockMinute(hour: string | undefined, minute: string | undefined): number | undefined {
  const [hours, minutes] = [Number(hour), Number(minute)];
  const total = hours * 60 + minutes;
  return minutes < 60 && total <= 1_440 ? total : undefined;
}

function problemOf(windows: readonly (DayWindow | undefined)[]): MessageKey | undefined {
  if (windows.length > calendarLimits.windows || windows.includes(undefined)) return 'workingTime.notHours';
  const known = windows.filter((one) => one !== undefined);
  if (known.some(({ fromMinute, toMinute }) => fromMinute >= toMinute)) return 'workingTime.emptyWindow';
  const overlaps = known.some((one, at) => (known[at - 1]?.toMinute ?? 0) > one.fromMinute);
  return overlaps ? 'workingTime.overlap' : undefined;
}

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** Hours as the field takes them. */
export const hoursText = (windows: DayWindows): string =>
  windows.map(({ fromMinute, toMinute }) => `${clock(fromMinute)}-${clock(toMinute)}`).join(', ');
