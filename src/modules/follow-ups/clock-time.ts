import { z } from 'zod';

const clockTime = /^([01]?\d|2[0-3])(?:[:：.]?([0-5]\d))?$/;

/** A time of the day as people type it, `9:30`, `1405` or `14`, in minutes after midnight; null for none. */
export const optionalTime = z
  .string()
  .trim()
  .optional()
  .transform((text, context) => {
    if (text === undefined || text === '') return null;
    const match = clockTime.exec(text);
    if (match) return Number(match[1]) * 60 + Number(match[2] ?? 0);
    context.addIssue({ code: 'custom', message: 'followUps.notATime', input: text });
    return z.NEVER;
  });

/** Minutes after midnight as a clock shows them, `09:30`; '' for none. */
export const clockText = (minute: number | null): string =>
  minute === null
    ? ''
    : `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
