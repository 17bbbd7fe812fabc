import type { WorkingCalendar } from '../../core/working-time/working-calendar.js';
import { readCalendars } from '../working-calendars/stored-calendar.js';
import type { DemoContext } from './demo-part.js';

/** The calendar that deadlines are counted by where no other is named; with it the company's staff works. */
export async function defaultCalendar({ deps, tx }: DemoContext): Promise<WorkingCalendar> {
  const { id } = await tx.workingCalendar.findFirstOrThrow({
    where: { isDefault: true },
    select: { id: true },
  });
  const calendar = (await readCalendars(deps.database, [id])).get(id);
  if (!calendar) throw new Error('the default calendar is gone');
  return calendar;
}
