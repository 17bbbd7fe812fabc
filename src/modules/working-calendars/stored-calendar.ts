import { z } from 'zod';
import type { Database, Transaction } from '../../core/database.js';
import { sql, type Sql } from '../../core/sql.js';
import { WorkingCalendar } from '../../core/working-time/working-calendar.js';

/** Which state of a calendar is meant: each change of it or of its exceptions counts its version up. */
export const CalendarVersion = z.object({ id: z.string(), version: z.number(), stamp: z.string() });
export type CalendarVersion = z.infer<typeof CalendarVersion>;

const calendarVersion = sql`
  jsonb_build_object('id', working_calendars.id, 'version', working_calendars.version, 'stamp', working_calendars.updated_at)`;

/** A column of a SELECT: the versions of all calendars, as JSON; they are few. */
export const calendarVersionsColumn = sql`(SELECT coalesce(jsonb_agg(${calendarVersion}), '[]') FROM working_calendars)`;

const CalendarRow = CalendarVersion.extend({ calendar: WorkingCalendar });

/** Calendars with their exceptions, as one statement reads them. */
const calendarRows = (ids: readonly string[]): Sql => sql`
  SELECT ${calendarVersion} || jsonb_build_object('calendar', jsonb_build_object(
           'timeZone', time_zone, 'weekly', weekly,
           'exceptions', (SELECT coalesce(jsonb_object_agg(day, jsonb_build_object('windows', windows, 'name', name)), '{}')
                          FROM working_calendar_exceptions WHERE calendar_id = working_calendars.id))) AS row
  FROM working_calendars WHERE id = ANY(${[...ids]}::uuid[])`;

const Found = z.array(z.object({ row: CalendarRow }));

/** The latest state of each calendar: reading and checking one takes longer than counting by it. */
const known = new Map<string, z.infer<typeof CalendarRow>>();
const mostKnown = 200;

/** Calendars by their ids, within a transaction; those that are known in this version are not read. */
export async function calendarsOf(
  tx: Transaction,
  versions: readonly CalendarVersion[],
): Promise<ReadonlyMap<string, WorkingCalendar>> {
  const unknown = versions.filter((version) => !isKnown(version)).map(({ id }) => id);
  if (unknown.length > 0) keep(Found.parse(await tx.$queryRaw(calendarRows(unknown))));
  return new Map(
    versions.flatMap(({ id }) => {
      const row = known.get(id);
      return row ? [[id, row.calendar] as const] : [];
    }),
  );
}

/** Calendars by their ids as they are now, outside a transaction. */
export async function readCalendars(
  database: Database,
  ids: readonly string[],
): Promise<ReadonlyMap<string, WorkingCalendar>> {
  const found = await database.rows(calendarRows(ids), Found.element);
  return new Map(found.map(({ row }) => [row.id, row.calendar]));
}

const isKnown = ({ id, version, stamp }: CalendarVersion): boolean => {
  const row = known.get(id);
  return row?.version === version && row.stamp === stamp;
};

function keep(found: z.infer<typeof Found>): void {
  if (known.size + found.length > mostKnown) known.clear();
  for (const { row } of found) known.set(row.id, row);
}
