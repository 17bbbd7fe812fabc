import { readFile } from 'node:fs/promises';
import type { ViewerContext } from '../../core/context.js';
import { InvalidInput, type Problem } from '../../core/errors.js';
import type { FormValues } from '../../core/form.js';
import { formatDay } from '../../core/format.js';
import { page, redirect, type Reply } from '../../core/reply.js';
import { route, type UploadedFile } from '../../core/route.js';
import { chineseCalendar } from '../../core/working-time/chinese-calendar.js';
import { ICalendarError } from '../../core/working-time/icalendar-error.js';
import { icalendarLimits, importICalendar } from '../../core/working-time/import-icalendar.js';
import type { CalendarExceptions } from '../../core/working-time/working-calendar.js';
import { calendarImportView, chineseYearView, dayFormView } from './calendar-day-form.views.js';
import { calendarsPath, daysPath } from './calendar-form.views.js';
import { calendarPreview, withDay } from './calendar-preview.js';
import type { TakenDays } from './store-days.js';
import { findCalendar, findDay, listDays, type CalendarRecord } from './working-calendars.queries.js';
import {
  CalendarDayForm,
  CalendarImportForm,
  CalendarParams,
  ChineseYearForm,
  DayRemovalForm,
} from './working-calendars.schemas.js';
import { removeDay, setDay, takeOverDays } from './working-calendars.service.js';

const permission = 'service-settings:manage';
const one = `${calendarsPath}/:id`;

export const calendarDayRoutes = [
  route.get(`${one}/days/new`, {
    permission,
    params: CalendarParams,
    handler: (context, { params }) => dayPage(context, params.id),
  }),
  route.get(`${daysPath}/:id/edit`, {
    permission,
    params: CalendarParams,
    handler: async (context, { params }) => {
      const day = await findDay(context, params.id);
      return page('admin/form', dayFormView(context, await findCalendar(context, day.calendarId), day));
    },
  }),
  route.post(`${one}/days`, {
    permission,
    params: CalendarParams,
    body: CalendarDayForm,
    invalid: (context, { params, values, problems }) => dayPage(context, params.id, values, problems),
    handler: async (context, { params: { id }, body: { day, name, hours, isPreviewed }, typed }) => {
      const calendar = await findCalendar(context, id);
      const exception = { windows: hours, name: { en: name, 'zh-CN': name } };
      if (!isPreviewed) {
        const params = { day: formatDay(day, context.locale), name };
        return calendarPreview(context, calendar, {
          ...{
            action: `${calendarsPath}/${id}/days`,
            typed,
            question: context.t('workingCalendars.dayQuestion', params),
          },
          change: (stored) => withDay(stored, day, exception),
        });
      }
      await setDay(context, id, day, exception);
      return redirect(yearOf(id, day), { kind: 'success', key: 'workingCalendars.daySaved' });
    },
  }),
  route.get(`${daysPath}/:id/removal`, {
    permission,
    params: CalendarParams,
    handler: async (context, { params: { id } }) => {
      const { calendarId, day } = await findDay(context, id);
      return calendarPreview(context, await findCalendar(context, calendarId), {
        ...{ action: `${daysPath}/${id}/removal`, typed: {} },
        question: context.t('workingCalendars.dayRemovalQuestion', { day: formatDay(day, context.locale) }),
        change: (stored) => withDay(stored, day, undefined),
      });
    },
  }),
  route.post(`${daysPath}/:id/removal`, {
    permission,
    params: CalendarParams,
    body: DayRemovalForm,
    handler: async (context, { params }) => {
      const day = await findDay(context, params.id);
      await removeDay(context, day);
      return redirect(yearOf(day.calendarId, day.day), {
        kind: 'success',
        key: 'workingCalendars.dayRemoved',
      });
    },
  }),
  route.get(`${one}/chinese-holidays`, {
    permission,
    params: CalendarParams,
    handler: async (context, { params }) =>
      page('admin/form', chineseYearView(context, await findCalendar(context, params.id))),
  }),
  route.post(`${one}/chinese-holidays`, {
    permission,
    params: CalendarParams,
    body: ChineseYearForm,
    invalid: async (context, { params, values, problems }) =>
      page('admin/form', chineseYearView(context, await findCalendar(context, params.id), values, problems), {
        status: 422,
      }),
    handler: async (context, { params: { id }, body: { year, isPreviewed }, typed }) => {
      const calendar = await findCalendar(context, id);
      const { exceptions, years } = chineseCalendar({ first: year, last: year }, calendar.weekly);
      if (!years) throw InvalidInput.field('year', 'workingCalendars.yearUnknown');
      if (!isPreviewed) {
        const own = await ownDays(context, calendar, year);
        return calendarPreview(context, calendar, {
          ...{
            action: `${calendarsPath}/${id}/chinese-holidays`,
            typed,
            question: context.t('workingCalendars.chineseQuestion', { year }),
          },
          change: (stored) => ({
            ...stored,
            exceptions: { ...stored.exceptions, ...exceptions, ...own(stored.exceptions) },
          }),
        });
      }
      return taken(id, year, await takeOverDays(context, id, exceptions, 'shipped'));
    },
  }),
  route.get(`${one}/import`, {
    permission,
    params: CalendarParams,
    handler: async (context, { params }) =>
      page('admin/form', calendarImportView(context, await findCalendar(context, params.id))),
  }),
  route.post(`${one}/import`, {
    permission,
    params: CalendarParams,
    body: CalendarImportForm,
    upload: { field: 'file', maximumBytes: icalendarLimits.bytes },
    invalid: async (context, { params, values, problems }) =>
      page(
        'admin/form',
        calendarImportView(context, await findCalendar(context, params.id), values, problems),
        {
          status: 422,
        },
      ),
    handler: async (context, { params: { id }, body: { year }, file }) => {
      await findCalendar(context, id);
      return taken(id, year, await takeOverDays(context, id, await readDays(file, year), 'imported'));
    },
  }),
];

const yearOf = (id: string, day: string): string => `${calendarsPath}/${id}?year=${day.slice(0, 4)}`;

const taken = (id: string, year: number, { added, changed, kept }: TakenDays): Reply =>
  redirect(`${calendarsPath}/${id}?year=${year}`, {
    kind: 'success',
    key: 'workingCalendars.taken',
    params: { added, changed, kept },
  });

/** Days of a year that are own ones and stay as they are. */
async function ownDays(context: ViewerContext, { id }: CalendarRecord, year: number) {
  const days = await listDays(context, id, `${year}-01-01`, `${year}-12-31`);
  const own = new Set(days.filter(({ origin }) => origin === 'own').map(({ day }) => day));
  return (stored: CalendarExceptions): CalendarExceptions =>
    Object.fromEntries(Object.entries(stored).filter(([day]) => own.has(day)));
}

/** @throws InvalidInput beside the file when it cannot be read. */
async function readDays(file: UploadedFile | undefined, year: number): Promise<CalendarExceptions> {
  if (!file) throw InvalidInput.field('file', 'workingTime.file.notACalendar');
  try {
    return importICalendar(await readFile(file.path, 'utf8'), { first: year, last: year });
  } catch (error) {
    if (error instanceof ICalendarError) throw InvalidInput.field('file', error.messageKey, error.params);
    throw error;
  }
}

async function dayPage(
  context: ViewerContext,
  id: string,
  values?: FormValues,
  problems?: readonly Problem[],
): Promise<Reply> {
  const calendar = await findCalendar(context, id);
  const view = dayFormView(context, calendar, undefined, values, problems);
  return page('admin/form', view, { status: problems ? 422 : 200 });
}
