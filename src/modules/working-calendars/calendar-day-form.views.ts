import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import { formView, type FieldSpec, type FormValues } from '../../core/form.js';
import { dayOf, formatDay } from '../../core/format.js';
import { knownChineseYears } from '../../core/working-time/chinese-calendar.js';
import { calendarLimits } from '../../core/working-time/working-calendar.js';
import { pageHeader, type AdminFormView } from '../admin/admin-pages.js';
import { calendarsPath, calendarsTrail } from './calendar-form.views.js';
import { hoursText } from './hours-field.js';
import type { CalendarRecord, DayRecord } from './working-calendars.queries.js';

const daySpecs: readonly FieldSpec[] = [
  { name: 'day', label: 'workingCalendars.day', kind: 'date', required: true },
  {
    ...{ name: 'name', label: 'workingCalendars.dayName', kind: 'text', required: true },
    maxLength: calendarLimits.nameLength,
  },
  {
    ...{ name: 'hours', label: 'workingCalendars.dayHours', kind: 'text', maxLength: 300 },
    help: 'workingCalendars.dayHoursHelp',
  },
];

/** The page that adds a day to a calendar or changes one; saved, it is an own one. */
export function dayFormView(
  context: ViewerContext,
  calendar: CalendarRecord,
  stored: DayRecord | undefined,
  values?: FormValues,
  problems: readonly Problem[] = [],
): AdminFormView {
  const { t, locale } = context;
  const title = stored
    ? t('workingCalendars.editDay', { day: formatDay(stored.day, locale) })
    : t('workingCalendars.newDay');
  const shown = stored && { day: stored.day, name: stored.name[locale], hours: hoursText(stored.windows) };
  return formPage(
    context,
    calendar,
    { title, path: 'days', specs: daySpecs },
    values ?? shown ?? {},
    problems,
  );
}

/** The page that takes China's official calendar over for a year. */
export function chineseYearView(
  context: ViewerContext,
  calendar: CalendarRecord,
  values?: FormValues,
  problems: readonly Problem[] = [],
): AdminFormView {
  const { t } = context;
  const { first, last } = knownChineseYears;
  const specs: readonly FieldSpec[] = [
    {
      ...{ name: 'year', label: 'workingCalendars.year', kind: 'select', required: true },
      help: 'workingCalendars.chineseHelp',
      options: Array.from({ length: last - first + 1 }, (_, place) => String(last - place)).map((year) => ({
        value: year,
        label: year,
      })),
    },
  ];
  const form = { title: t('workingCalendars.chinese'), path: 'chinese-holidays', specs };
  return formPage(context, calendar, form, values ?? { year: String(last) }, problems);
}

const importSpecs: readonly FieldSpec[] = [
  {
    ...{ name: 'file', label: 'workingCalendars.file', kind: 'file', required: true },
    ...{ accept: '.ics,text/calendar', help: 'workingCalendars.fileHelp' },
  },
  { name: 'year', label: 'workingCalendars.year', kind: 'number', required: true },
];

/** The page that takes holidays over from a calendar file. */
export function calendarImportView(
  context: ViewerContext,
  calendar: CalendarRecord,
  values?: FormValues,
  problems: readonly Problem[] = [],
): AdminFormView {
  const { t, deps } = context;
  const form = {
    ...{ title: t('workingCalendars.import'), path: 'import', specs: importSpecs },
    submitLabel: t('workingCalendars.importNow'),
  };
  return formPage(context, calendar, form, values ?? { year: dayOf(deps.now()).slice(0, 4) }, problems);
}

interface CalendarSubform {
  readonly title: string;
  readonly path: string;
  readonly specs: readonly FieldSpec[];
  readonly submitLabel?: string;
}

function formPage(
  context: ViewerContext,
  calendar: CalendarRecord,
  { title, path, specs, submitLabel }: CalendarSubform,
  values: FormValues,
  problems: readonly Problem[],
): AdminFormView {
  const { t } = context;
  const own = `${calendarsPath}/${calendar.id}`;
  return {
    title,
    header: pageHeader(title, { trail: calendarsTrail(context, calendar) }),
    editForm: {
      action: `${own}/${path}`,
      hidden: [],
      submitLabel: submitLabel ?? t('deadlines.preview.show'),
      cancelHref: own,
      form: formView(t, specs, values, problems),
    },
  };
}
