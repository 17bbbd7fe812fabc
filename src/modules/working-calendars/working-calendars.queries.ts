import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { NotFound } from '../../core/errors.js';
import { sql } from '../../core/sql.js';
import { WorkingCalendar } from '../../core/working-time/working-calendar.js';
import { exceptionOrigins } from './calendar-exception.js';

const CalendarRecord = z.object({
  id: z.string(),
  name: z.string(),
  shippedKey: z.string().nullable(),
  timeZone: z.string(),
  weekly: WorkingCalendar.unwrap().shape.weekly,
  isDefault: z.boolean(),
  /** Policies that count by it. */
  policyCount: z.number(),
  version: z.number(),
});

/** A calendar without its exceptions. */
export type CalendarRecord = z.infer<typeof CalendarRecord>;

/** Every calendar by name, the default first; they are few. */
export const listCalendars = ({ deps }: ViewerContext): Promise<CalendarRecord[]> =>
  deps.database.rows(
    sql`SELECT id::text, name, shipped_key AS "shippedKey", time_zone AS "timeZone", weekly, is_default AS "isDefault",
               (SELECT count(*)::integer FROM deadline_policies WHERE calendar_id = working_calendars.id) AS "policyCount",
               version
        FROM working_calendars ORDER BY is_default DESC, name`,
    CalendarRecord,
  );

/** @throws NotFound */
export async function findCalendar(context: ViewerContext, id: string): Promise<CalendarRecord> {
  const calendar = (await listCalendars(context)).find((one) => one.id === id);
  if (!calendar) throw new NotFound('no such working calendar');
  return calendar;
}

const DayRecord = z.object({
  id: z.string(),
  calendarId: z.string(),
  day: z.string(),
  windows: z.array(z.object({ fromMinute: z.number(), toMinute: z.number() })),
  name: z.object({ en: z.string(), 'zh-CN': z.string() }),
  origin: z.enum(exceptionOrigins),
});

/** A day that is not as its weekday says. */
export type DayRecord = z.infer<typeof DayRecord>;

const dayColumns = sql`id::text, calendar_id::text AS "calendarId", day, windows, name, origin`;

/** Exceptions of a calendar from the first to the last of these days, in order. */
export const listDays = (
  { deps }: ViewerContext,
  calendarId: string,
  first: string,
  last: string,
): Promise<DayRecord[]> =>
  deps.database.rows(
    sql`SELECT ${dayColumns} FROM working_calendar_exceptions
        WHERE calendar_id = ${calendarId}::uuid AND day BETWEEN ${first}::date AND ${last}::date ORDER BY day`,
    DayRecord,
  );

/** @throws NotFound */
export async function findDay({ deps }: ViewerContext, id: string): Promise<DayRecord> {
  const [day] = await deps.database.rows(
    sql`SELECT ${dayColumns} FROM working_calendar_exceptions WHERE id = ${id}::uuid`,
    DayRecord,
  );
  if (!day) throw new NotFound('no such day of a calendar');
  return day;
}
