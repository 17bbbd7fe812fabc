import { z } from 'zod';
import { weekdays, type DayWindows, type Weekday } from '../../core/working-time/working-calendar.js';

export const staffSchedulesPath = '/admin/staff-schedules';

export const schedulePath = (userId: string): string => `${staffSchedulesPath}/${userId}`;

/** Open requests at most, and the share of the work: 100 is a full one. */
export const capacityLimits = { maximumOpen: [0, 1_000], weight: [1, 1_000] } as const;

/** What somebody without a capacity begins with. */
export const newCapacity = { maximumOpen: 10, weight: 100 } as const;

/** Hours of one day of the week, 1 Monday to 7 Sunday, in the product's time zone. */
export const Shift = z.object({ weekday: z.number(), fromMinute: z.number(), toMinute: z.number() });
export type Shift = z.infer<typeof Shift>;

/** The hours of each weekday. */
export type WeekHours = Readonly<Record<Weekday, DayWindows>>;

/** Shifts, in order, as hours by weekday. */
export function weekHours(shifts: readonly Shift[]): WeekHours {
  const hoursOn = (weekday: number): DayWindows =>
    shifts
      .filter((shift) => shift.weekday === weekday)
      .map(({ fromMinute, toMinute }) => ({ fromMinute, toMinute }));
  return {
    monday: hoursOn(1),
    tuesday: hoursOn(2),
    wednesday: hoursOn(3),
    thursday: hoursOn(4),
    friday: hoursOn(5),
    saturday: hoursOn(6),
    sunday: hoursOn(7),
  };
}

/** Hours by weekday as shifts, in order. */
export const shiftsOf = (hours: WeekHours): Shift[] =>
  weekdays.flatMap((day, index) => hours[day].map((window) => ({ weekday: index + 1, ...window })));
