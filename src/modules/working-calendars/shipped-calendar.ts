import type { WorkingCalendar } from '../../core/working-time/working-calendar.js';

const nineToSix = [{ fromMinute: 9 * 60, toMinute: 18 * 60 }];

/** The calendar that a new installation starts with, without its holidays: nine to six from Monday to Saturday. */
export const shippedCalendar = {
  key: 'china',
  name: 'China, Monday to Saturday',
  timeZone: 'Asia/Shanghai',
  weekly: {
    monday: nineToSix,
    tuesday: nineToSix,
    wednesday: nineToSix,
    thursday: nineToSix,
    friday: nineToSix,
    saturday: nineToSix,
    sunday: [],
  },
} as const satisfies Pick<WorkingCalendar, 'timeZone' | 'weekly'> & {
  readonly key: string;
  readonly name: string;
};
