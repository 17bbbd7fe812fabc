import { conflictPage, EditedMeanwhile } from '../../core/conflict.js';
import type { ViewerContext } from '../../core/context.js';
import { Conflict, type Problem } from '../../core/errors.js';
import type { FormValues } from '../../core/form.js';
import { dayOf } from '../../core/format.js';
import { page, redirect, type Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { findRecount } from '../deadlines/recount.queries.js';
import {
  calendarForm,
  calendarsPath,
  calendarSpecs,
  editCalendarView,
  newCalendarView,
  storedCalendar,
} from './calendar-form.views.js';
import { calendarPreview } from './calendar-preview.js';
import { findCalendar, listCalendars, listDays } from './working-calendars.queries.js';
import {
  calendarFields,
  CalendarParams,
  CalendarQuery,
  CalendarVersionForm,
  NewWorkingCalendarForm,
  WorkingCalendarForm,
} from './working-calendars.schemas.js';
import { changeCalendar, createCalendar, deleteCalendar } from './working-calendars.service.js';
import { calendarDeletionView, calendarsView, calendarView } from './working-calendars.views.js';

const permission = 'service-settings:manage';
const one = `${calendarsPath}/:id`;

export const workingCalendarRoutes = [
  route.get(calendarsPath, {
    permission,
    handler: async (context) => {
      const [calendars, recount] = await Promise.all([listCalendars(context), findRecount(context)]);
      return page('deadlines/settings', calendarsView(context, calendars, recount));
    },
  }),
  route.get(`${calendarsPath}/new`, {
    permission,
    handler: (context) => page('admin/form', newCalendarView(context)),
  }),
  route.post(calendarsPath, {
    permission,
    body: NewWorkingCalendarForm,
    invalid: (context, { values, problems }) =>
      page('admin/form', newCalendarView(context, values, problems), { status: 422 }),
    handler: async (context, { body: { id, ...fields } }) => {
      await createCalendar(context, id, calendarFields(fields));
      return saved(id, fields.name);
    },
  }),
  route.get(one, {
    permission,
    params: CalendarParams,
    query: CalendarQuery,
    handler: async (context, { params: { id }, query }) => {
      const calendar = await findCalendar(context, id);
      const year = query.year ?? Number(dayOf(context.deps.now()).slice(0, 4));
      const days = await listDays(context, id, `${year}-01-01`, `${year + 1}-12-31`);
      return page('admin/record', calendarView(context, calendar, year, days));
    },
  }),
  route.get(`${one}/edit`, {
    permission,
    params: CalendarParams,
    handler: (context, { params }) => editPage(context, params.id),
  }),
  route.post(one, {
    permission,
    params: CalendarParams,
    body: WorkingCalendarForm,
    invalid: (context, { params, values, problems }) => editPage(context, params.id, values, problems),
    handler: async (context, { params: { id }, body: { isPreviewed, version, ...typedFields }, typed }) => {
      const calendar = await findCalendar(context, id);
      const fields = calendarFields(typedFields);
      if (!isPreviewed) {
        return calendarPreview(context, calendar, {
          ...{ action: `${calendarsPath}/${id}`, typed },
          question: context.t('workingCalendars.previewQuestion', { name: fields.name }),
          change: ({ exceptions }) => ({ timeZone: fields.timeZone, weekly: fields.weekly, exceptions }),
        });
      }
      try {
        await changeCalendar(context, calendar, version, fields);
      } catch (error) {
        if (error instanceof EditedMeanwhile) return calendarConflict(context, id, typed);
        throw error;
      }
      return saved(id, fields.name);
    },
  }),
  route.get(`${one}/deletion`, {
    permission,
    params: CalendarParams,
    handler: async (context, { params }) => {
      const calendar = await findCalendar(context, params.id);
      if (calendar.isDefault || calendar.policyCount > 0) throw new Conflict('workingCalendars.stillUsed');
      return page('admin/confirm', calendarDeletionView(context, calendar));
    },
  }),
  route.post(`${one}/deletion`, {
    permission,
    params: CalendarParams,
    body: CalendarVersionForm,
    handler: async (context, { params, body }) => {
      const calendar = await findCalendar(context, params.id);
      const actionId = await deleteCalendar(context, calendar, body.version);
      return redirect(calendarsPath, {
        kind: 'success',
        key: 'workingCalendars.deleted',
        params: { name: calendar.name },
        undo: `/recent-actions/${actionId}/undo`,
      });
    },
  }),
];

const saved = (id: string, name: string): Reply =>
  redirect(`${calendarsPath}/${id}`, { kind: 'success', key: 'workingCalendars.saved', params: { name } });

async function editPage(
  context: ViewerContext,
  id: string,
  values?: FormValues,
  problems?: readonly Problem[],
): Promise<Reply> {
  const view = editCalendarView(context, await findCalendar(context, id), values, problems);
  return page('admin/form', view, { status: problems ? 422 : 200 });
}

async function calendarConflict(context: ViewerContext, id: string, typed: FormValues): Promise<Reply> {
  const calendar = await findCalendar(context, id);
  return conflictPage(context, {
    ...{ table: 'working_calendars', recordId: id, name: calendar.name },
    recordHref: `${calendarsPath}/${id}`,
    specs: calendarSpecs,
    stored: storedCalendar(calendar),
    typed,
    editForm: calendarForm(context, calendar, { ...typed, version: String(calendar.version) }),
  });
}
