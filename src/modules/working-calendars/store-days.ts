import { v7 as newId } from 'uuid';
import { z } from 'zod';
import type { Transaction } from '../../core/database.js';
import { sql } from '../../core/sql.js';
import type { CalendarExceptions } from '../../core/working-time/working-calendar.js';
import type { ExceptionOrigin } from './calendar-exception.js';

/** What became of days that were to be taken over. */
export interface TakenDays {
  readonly added: number;
  readonly changed: number;
  /** Days that are as they should be already, and own ones, which are never overwritten. */
  readonly kept: number;
}

const Written = z.array(z.object({ is_added: z.boolean() }));

/**
 * Puts days into a calendar. Where there is an own one it stays, unless these are own themselves. Changes the version of
 * the calendar with it.
 */
export async function storeDays(
  tx: Transaction,
  calendarId: string,
  days: CalendarExceptions,
  origin: ExceptionOrigin,
): Promise<TakenDays> {
  const rows = Object.entries(days).map(([day, { windows, name }]) => ({
    ...{ id: newId(), calendar_id: calendarId, day, windows, name, origin },
  }));
  // A row that is new was never updated: its xmax is 0.
  const written = Written.parse(
    await tx.$queryRaw(sql`
      INSERT INTO working_calendar_exceptions AS stored (id, calendar_id, day, windows, name, origin)
      SELECT id, calendar_id, day, windows, name, origin
      FROM jsonb_populate_recordset(NULL::working_calendar_exceptions, ${JSON.stringify(rows)}::jsonb)
      ON CONFLICT (calendar_id, day) DO UPDATE
        SET windows = excluded.windows, name = excluded.name, origin = excluded.origin, updated_at = now()
        WHERE (stored.origin <> 'own' OR excluded.origin = 'own')
          AND (stored.windows, stored.name, stored.origin) IS DISTINCT FROM
              (excluded.windows, excluded.name, excluded.origin)
      RETURNING stored.xmax = 0 AS is_added`),
  );
  if (written.length > 0) await touchCalendar(tx, calendarId);
  const added = written.filter((row) => row.is_added).length;
  return { added, changed: written.length - added, kept: rows.length - written.length };
}

/** Counts the version of a calendar up, because its days changed. Calendars are known by their version. */
export const touchCalendar = (tx: Transaction, id: string): Promise<unknown> =>
  tx.$executeRaw`UPDATE working_calendars SET updated_at = now() WHERE id = ${id}::uuid`;
