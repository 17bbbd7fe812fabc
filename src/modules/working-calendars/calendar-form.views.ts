import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import { formView, type FieldSpec, type FormValues } from '../../core/form.js';
import { timeZone } from '../../core/format.js';
import type { EditFormView } from '../../core/views/edit-form-view.js';
import { weekdays } from '../../core/working-time/working-calendar.js';
import { pageHeader, type AdminFormView } from '../admin/admin-pages.js';
import { settingsPath } from '../service-settings/setting-forms.js';
import { calendarName } from './calendar-name.js';
import { hoursText } from './hours-field.js';
import { shippedCalendar } from './shipped-calendar.js';
import type { CalendarRecord } from './working-calendars.queries.js';
import { workingCalendarLimits } from './working-calendars.schemas.js';

export const calendarsPath = '/admin/working-calendars';
export const daysPath = '/admin/working-calendar-days';

/** The way up from pages below the list, or below one calendar. */
export const calendarsTrail = ({ t }: ViewerContext, calendar?: CalendarRecord) => [
  { label: t('serviceSettings.title'), href: settingsPath },
  { label: t('workingCalendars.title'), href: calendarsPath },
  ...(calendar ? [{ label: calendarName(t, calendar), href: `${calendarsPath}/${calendar.id}` }] : []),
];

/** Names of the IANA database; the place is found by typing a part of it. */
const zones = Intl.supportedValuesOf('timeZone');

/** The fields of a calendar. */
export const calendarSpecs: readonly FieldSpec[] = [
  {
    ...{ name: 'name', label: 'workingCalendars.name', kind: 'text', required: true },
    maxLength: workingCalendarLimits.nameLength,
  },
  {
    ...{ name: 'timeZone', label: 'workingCalendars.timeZone', kind: 'text', required: true },
    ...{ help: 'workingCalendars.timeZoneHelp', suggestions: zones },
  },
  ...weekdays.map((day, place): FieldSpec => ({
    ...{ name: day, label: `workingCalendars.weekday.${day}`, kind: 'text', maxLength: 300 },
    ...(place === 0 && { help: 'workingCalendars.hoursHelp' }),
  })),
  {
    ...{ name: 'isDefault', label: 'workingCalendars.isDefault', kind: 'checkbox' },
    help: 'workingCalendars.isDefaultHelp',
  },
];

const storedHours = (weekly: CalendarRecord['weekly']): FormValues =>
  Object.fromEntries(weekdays.map((day) => [day, hoursText(weekly[day])]));

/** What is stored, as the form's fields hold it. */
export const storedCalendar = ({ name, timeZone: zone, weekly, isDefault }: CalendarRecord): FormValues => ({
  ...{ name, timeZone: zone, isDefault: isDefault ? 'on' : '' },
  ...storedHours(weekly),
});

/** The page for a new calendar; with values and problems after a refusal. */
export function newCalendarView(
  context: ViewerContext,
  values?: FormValues,
  problems: readonly Problem[] = [],
): AdminFormView {
  const { t } = context;
  const title = t('workingCalendars.new');
  const shown = values ?? { id: newId(), timeZone, ...storedHours(shippedCalendar.weekly) };
  return {
    title,
    header: pageHeader(title, { trail: calendarsTrail(context) }),
    editForm: {
      action: calendarsPath,
      hidden: [{ name: 'id', value: String(shown.id) }],
      submitLabel: t('form.save'),
      cancelHref: calendarsPath,
      form: formView(t, calendarSpecs, shown, problems),
    },
  };
}

/** The page that changes a calendar; with values and problems after a refusal. */
export function editCalendarView(
  context: ViewerContext,
  calendar: CalendarRecord,
  values?: FormValues,
  problems: readonly Problem[] = [],
): AdminFormView {
  const title = context.t('workingCalendars.edit', { name: calendarName(context.t, calendar) });
  const shown = values ?? { ...storedCalendar(calendar), version: calendar.version };
  return {
    title,
    header: pageHeader(title, { trail: calendarsTrail(context, calendar) }),
    editForm: calendarForm(context, calendar, shown, problems),
  };
}

/** The form of a calendar that exists; `version` in the values is what it was opened with. */
export function calendarForm(
  { t }: ViewerContext,
  calendar: CalendarRecord,
  values: FormValues,
  problems: readonly Problem[] = [],
): EditFormView {
  return {
    action: `${calendarsPath}/${calendar.id}`,
    hidden: [{ name: 'version', value: String(values.version) }],
    submitLabel: t('deadlines.preview.show'),
    cancelHref: `${calendarsPath}/${calendar.id}`,
    form: formView(t, calendarSpecs, values, problems),
  };
}
