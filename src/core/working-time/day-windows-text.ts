import { z } from 'zod';
import { DayWindows } from './working-calendar.js';

const clock = String.raw`(\d{1,2})(?:[:：.](\d{2}))?`;
const windowPattern = new RegExp(String.raw`^${clock}[-–—~至]${clock}$`);

/**
 * Hours of a day as people type them: `09:00-12:00, 13:00-18:00`, also `9-12、13-18`; empty for none. Undefined when it
 * cannot be read. Whether hours overlap or end before they begin is for `DayWindows` to say.
 */
export function parseDayWindows(text: string): DayWindows | undefined {
  const parts = text
    .replace(/\s*([-–—~至])\s*/g, '$1')
    .split(/[,，;；、\s]+/)
    .filter((part) => part !== '');
  const windows = parts.map(parseWindow);
  return windows.every((window) => window !== undefined) ? windows : undefined;
}

/** Hours of a day as text that `parseDayWindows` reads. */
export const dayWindowsText = (windows: DayWindows): string =>
  windows.map(({ fromMinute, toMinute }) => `${clockText(fromMinute)}-${clockText(toMinute)}`).join(', ');

/** A field for the hours of one day. */
export const dayWindowsField = z
  .string()
  .max(200)
  .transform((text, context) => {
    const windows = parseDayWindows(text);
    if (windows) return windows;
    context.addIssue({ code: 'custom', message: 'workingTime.notHours', input: text });
    return z.NEVER;
  })
  .pipe(DayWindows);

function parseWindow(part: string) {
  const match = windowPattern.exec(part);
  if (!match) return undefined;
  const [fromHour = 0, from = 0, toHour = 0, to = 0] = match
    .slice(1)
    .map((digits: string | undefined) => Number(digits ?? 0));
  const [fromMinute, toMinute] = [fromHour * 60 + from, toHour * 60 + to];
  return from < 60 && to < 60 && toMinute <= 1_440 ? { fromMinute, toMinute } : undefined;
}

const clockText = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
