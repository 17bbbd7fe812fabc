import type { ViewerContext } from '../../core/context.js';
import { formatDay, formatNumber } from '../../core/format.js';
import type { PageActionView } from '../../core/views/page-header-view.js';
import { weekdays } from '../../core/working-time/working-calendar.js';
import {
  pageHeader,
  plainRows,
  type AdminConfirmView,
  type AdminRecordView,
  type SectionView,
} from '../admin/admin-pages.js';
import type { DeadlineSettingsView } from '../deadlines/settings-page.js';
import type { Recount } from '../deadlines/recount.queries.js';
import { shownRecount } from '../deadlines/recount-progress.js';
import { calendarsPath, calendarsTrail, daysPath } from './calendar-form.views.js';
import { calendarName } from './calendar-name.js';
import { hoursText } from './hours-field.js';
import type { CalendarRecord, DayRecord } from './working-calendars.queries.js';

const action = (label: string, href: string, icon: string): PageActionView => ({
  ...{ label, href, icon },
  emphasis: 'plain',
  shortcut: '',
});

/** All calendars with their hours. */
export function calendarsView(
  context: ViewerContext,
  calendars: readonly CalendarRecord[],
  recount: Recount | undefined,
): DeadlineSettingsView {
  const { t, locale } = context;
  const title = t('workingCalendars.title');
  const create = {
    ...action(t('workingCalendars.new'), `${calendarsPath}/new`, 'plus'),
    shortcut: 'n',
  } as const;
  return {
    title,
    header: pageHeader(title, {
      count: formatNumber(calendars.length, locale),
      subtitle: t('workingCalendars.subtitle'),
      trail: calendarsTrail(context).slice(0, 1),
      actions: [{ ...create, emphasis: 'primary' }],
    }),
    progress: shownRecount(context, recount),
    sections: [
      {
        id: 'calendars',
        title,
        columns: [
          t('workingCalendars.name'),
          t('workingCalendars.timeZone'),
          t('workingCalendars.hours'),
          t('workingCalendars.policies'),
          t('workingCalendars.state'),
        ],
        rows: plainRows(
          calendars.map((calendar) => [
            { text: calendarName(t, calendar), href: `${calendarsPath}/${calendar.id}` },
            { text: calendar.timeZone },
            { text: weekText(context, calendar) },
            { text: formatNumber(calendar.policyCount, locale) },
            calendar.isDefault ? { text: t('workingCalendars.default'), badge: 'green' } : { text: '' },
          ]),
        ),
        emptyText: t('workingCalendars.empty'),
        more: undefined,
      },
    ],
  };
}

/** The week in a line: neighbouring days with the same hours are named together. */
function weekText({ t }: ViewerContext, { weekly }: CalendarRecord): string {
  const groups: { first: string; last: string; hours: string }[] = [];
  for (const day of weekdays) {
    const [label, hours] = [t(`workingCalendars.shortWeekday.${day}`), hoursText(weekly[day])];
    const group = groups.at(-1);
    if (group?.hours === hours) group.last = label;
    else groups.push({ first: label, last: label, hours });
  }
  return groups
    .filter(({ hours }) => hours !== '')
    .map(({ first, last, hours }) => `${first === last ? first : `${first}–${last}`} ${hours}`)
    .join('; ');
}

/** A calendar: its hours, and its special days of a year and the next. */
export function calendarView(
  context: ViewerContext,
  calendar: CalendarRecord,
  year: number,
  days: readonly DayRecord[],
): AdminRecordView {
  const { t } = context;
  const own = `${calendarsPath}/${calendar.id}`;
  const title = calendarName(t, calendar);
  const yearLink = (shown: number, target: number) => ({
    label: t('workingCalendars.showYear', { year: shown }),
    href: `${own}?year=${target}`,
  });
  return {
    title,
    notice: '',
    header: pageHeader(title, {
      trail: calendarsTrail(context),
      actions: [
        { ...action(t('form.edit'), `${own}/edit`, 'pencil'), emphasis: 'primary', shortcut: 'e' },
        action(t('workingCalendars.newDay'), `${own}/days/new`, 'plus'),
        action(t('workingCalendars.chinese'), `${own}/chinese-holidays`, 'calendar-event'),
        action(t('workingCalendars.import'), `${own}/import`, 'file-import'),
        ...(calendar.isDefault || calendar.policyCount > 0
          ? []
          : [{ ...action(t('form.delete'), `${own}/deletion`, 'trash'), emphasis: 'danger' } as const]),
      ],
    }),
    definitions: [
      { label: t('workingCalendars.timeZone'), value: { text: calendar.timeZone } },
      ...weekdays.map((day) => ({
        label: t(`workingCalendars.weekday.${day}`),
        value: { text: hoursText(calendar.weekly[day]) || t('workingCalendars.closed') },
      })),
      ...(calendar.isDefault
        ? [{ label: t('workingCalendars.state'), value: { text: t('workingCalendars.default') } }]
        : []),
    ],
    buttons: [],
    sections: [
      yearSection(context, year, days, yearLink(year - 1, year - 1)),
      yearSection(context, year + 1, days, yearLink(year + 2, year + 1)),
    ],
  };
}

function yearSection(
  context: ViewerContext,
  year: number,
  days: readonly DayRecord[],
  more: SectionView['more'],
): SectionView {
  const { t, locale } = context;
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' });
  const origins = { own: 'blue', imported: 'secondary', shipped: 'secondary' } as const;
  return {
    id: `year-${year}`,
    title: t('workingCalendars.specialDays', { year }),
    columns: [
      t('workingCalendars.day'),
      t('workingCalendars.dayName'),
      t('workingCalendars.dayHours'),
      t('workingCalendars.origin'),
      t('admin.actions'),
    ],
    rows: plainRows(
      days
        .filter(({ day }) => day.startsWith(String(year)))
        .map(({ id, day, name, windows, origin }) => [
          {
            text: `${formatDay(day, locale)} ${weekday.format(new Date(`${day}T00:00:00Z`))}`,
            href: `${daysPath}/${id}/edit`,
          },
          { text: name[locale] },
          { text: hoursText(windows) || t('workingCalendars.dayOff') },
          { text: t(`workingCalendars.origin.${origin}`), badge: origins[origin] },
          { text: t('form.delete'), href: `${daysPath}/${id}/removal` },
        ]),
    ),
    emptyText: t('workingCalendars.noSpecialDays'),
    more,
  };
}

/** The page before a calendar is deleted. */
export function calendarDeletionView(context: ViewerContext, calendar: CalendarRecord): AdminConfirmView {
  const { t } = context;
  const title = t('workingCalendars.delete');
  return {
    title,
    header: pageHeader(title, { trail: calendarsTrail(context, calendar) }),
    confirm: {
      action: `${calendarsPath}/${calendar.id}/deletion`,
      question: t('workingCalendars.deleteQuestion', { name: calendarName(t, calendar) }),
      consequences: [t('workingCalendars.deleteConsequence')],
      hidden: [{ name: 'version', value: String(calendar.version) }],
      confirmLabel: title,
      cancelHref: `${calendarsPath}/${calendar.id}`,
      isDestructive: true,
    },
  };
}
