import { z } from 'zod';
import type { Context } from '../../core/context.js';
import { sql } from '../../core/sql.js';
import { DeadlinePolicy } from '../deadline-policies/deadline-policy.js';
import { policiesColumn } from '../deadline-policies/stored-policies.js';
import {
  CalendarVersion,
  calendarVersionsColumn,
  readCalendars,
} from '../working-calendars/stored-calendar.js';
import type { CountingRules } from './count-request.js';

const Rules = z.object({ policies: z.array(DeadlinePolicy), versions: z.array(CalendarVersion) });

/** The policies in use and every calendar as they are now, to see what a change of them would do. */
export async function readCountingRules({ deps }: Pick<Context, 'deps'>): Promise<CountingRules> {
  const [row] = await deps.database.rows(
    sql`SELECT ${policiesColumn} AS policies, ${calendarVersionsColumn} AS versions`,
    Rules,
  );
  const { policies, versions } = Rules.parse(row);
  const calendars = await readCalendars(
    deps.database,
    versions.map(({ id }) => id),
  );
  return { policies, versions, calendars };
}
