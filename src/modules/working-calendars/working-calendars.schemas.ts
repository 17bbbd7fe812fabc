import { z } from 'zod';
import { checkbox, isoDate, requiredText, rowVersion, uuid, wholeNumber } from '../../core/fields.js';
import { calendarLimits, weekdays, WorkingCalendar } from '../../core/working-time/working-calendar.js';
import { hoursField } from './hours-field.js';

export const workingCalendarLimits = { nameLength: 100, calendars: 50, years: [2000, 2100] } as const;

const fields = {
  name: requiredText(workingCalendarLimits.nameLength),
  timeZone: z.string().trim().pipe(WorkingCalendar.unwrap().shape.timeZone),
  monday: hoursField,
  tuesday: hoursField,
  wednesday: hoursField,
  thursday: hoursField,
  friday: hoursField,
  saturday: hoursField,
  sunday: hoursField,
  isDefault: checkbox,
};

type Week = WorkingCalendar['weekly'];

const hasHours = (week: Week): boolean => weekdays.some((day) => week[day].length > 0);
const noHours = { path: ['monday'], message: 'workingTime.noHours' };

/** `id` is made with the form: sent twice, it creates once. */
export const NewWorkingCalendarForm = z.strictObject({ id: uuid, ...fields }).refine(hasHours, noHours);
export const WorkingCalendarForm = z
  .strictObject({
    ...fields,
    /** Whoever sends it has seen what would change. */
    isPreviewed: checkbox,
    version: rowVersion,
  })
  .refine(hasHours, noHours);

export interface CalendarFields {
  readonly name: string;
  readonly timeZone: string;
  readonly isDefault: boolean;
  readonly weekly: Week;
}

/** The fields of a form with its week as a calendar holds it. */
export const calendarFields = ({
  name,
  timeZone,
  isDefault,
  ...week
}: Week & Omit<CalendarFields, 'weekly'>): CalendarFields => ({
  name,
  timeZone,
  isDefault,
  weekly: {
    ...{ monday: week.monday, tuesday: week.tuesday, wednesday: week.wednesday, thursday: week.thursday },
    ...{ friday: week.friday, saturday: week.saturday, sunday: week.sunday },
  },
});

export const CalendarParams = z.strictObject({ id: uuid });

const year = wholeNumber(...workingCalendarLimits.years);

export const CalendarQuery = z.strictObject({ year: year.optional() });
export const CalendarVersionForm = z.strictObject({ version: rowVersion });

const dayName = requiredText(calendarLimits.nameLength);

/** A day that is not like its weekday; without hours nobody works. */
export const CalendarDayForm = z.strictObject({
  day: isoDate,
  name: dayName,
  hours: hoursField,
  isPreviewed: checkbox,
});
export const DayRemovalForm = z.strictObject({ isPreviewed: checkbox });
export const ChineseYearForm = z.strictObject({ year, isPreviewed: checkbox });
export const CalendarImportForm = z.strictObject({ year });
