import { v7 as newId } from 'uuid';
import type { Dependencies } from '../../../src/core/context.js';
import { unitOfWork } from '../../../src/core/unit-of-work.js';
import type { WorkingCalendar } from '../../../src/core/working-time/working-calendar.js';
import type { ExceptionOrigin } from '../../../src/modules/working-calendars/calendar-exception.js';
import { factoryActor, nextNumber } from './sequence.js';

const window = [{ fromMinute: 9 * 60, toMinute: 18 * 60 }];

/** Nine to six from Monday to Friday. */
const officeWeek: WorkingCalendar['weekly'] = {
  ...{ monday: window, tuesday: window, wednesday: window, thursday: window, friday: window },
  ...{ saturday: [], sunday: [] },
};

export interface WorkingCalendarOptions {
  readonly name?: string;
  readonly timeZone?: string;
  readonly weekly?: WorkingCalendar['weekly'];
  readonly exceptions?: WorkingCalendar['exceptions'];
  /** Of all its exceptions. */
  readonly origin?: ExceptionOrigin;
}

/** A calendar with its exceptions; nine to six on workdays in Shanghai unless told. Returns its id. */
export async function createWorkingCalendar(
  deps: Dependencies,
  options: WorkingCalendarOptions = {},
): Promise<string> {
  const id = newId();
  const { weekly = officeWeek, exceptions = {}, origin = 'own' } = options;
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', (tx) =>
    tx.workingCalendar.create({
      data: {
        id,
        name: options.name ?? `Calendar ${nextNumber()}`,
        timeZone: options.timeZone ?? 'Asia/Shanghai',
        weekly: Object.fromEntries(Object.entries(weekly).map(([day, windows]) => [day, [...windows]])),
        exceptions: {
          create: Object.entries(exceptions).map(([day, { windows, name }]) => ({
            ...{
              id: newId(),
              day: new Date(`${day}T00:00:00Z`),
              windows: [...windows],
              name: { ...name },
              origin,
            },
          })),
        },
      },
      select: { id: true },
    }),
  );
  return id;
}
