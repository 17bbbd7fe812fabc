import { conflictPage, EditedMeanwhile } from '../../core/conflict.js';
import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import type { FormValues } from '../../core/form.js';
import { page, redirect, type Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { readSkills } from '../skills/skills.queries.js';
import { listAbsences } from './absences.queries.js';
import {
  copyHoursView,
  editScheduleView,
  scheduleForm,
  scheduleSpecs,
  storedSchedule,
} from './schedule-form.views.js';
import { scheduleView } from './schedule-show.views.js';
import { schedulePath, staffSchedulesPath } from './staff-schedule.js';
import { findStaff, listColleaguesWithHours, listStaff } from './staff-schedules.queries.js';
import { HoursCopyForm, ScheduleForm, StaffListQuery, StaffParams } from './staff-schedules.schemas.js';
import { copyHours, saveSchedule } from './staff-schedules.service.js';
import { staffIndexView } from './staff-schedules.views.js';

const permission = 'staff-schedules:manage';
const own = `${staffSchedulesPath}/:id`;

export const staffScheduleRoutes = [
  route.get(staffSchedulesPath, {
    permission,
    query: StaffListQuery,
    handler: async (context, { query }) =>
      page('admin/list', staffIndexView(context, query, await listStaff(context, query))),
  }),
  route.get(own, {
    permission,
    params: StaffParams,
    handler: async (context, { params }) => {
      const staff = await findStaff(context, params.id);
      return page('admin/record', scheduleView(context, staff, await listAbsences(context, params.id)));
    },
  }),
  route.get(`${own}/edit`, {
    permission,
    params: StaffParams,
    handler: (context, { params }) => editPage(context, params.id),
  }),
  route.post(own, {
    permission,
    params: StaffParams,
    body: ScheduleForm,
    invalid: (context, { params, values, problems }) => editPage(context, params.id, values, problems),
    handler: async (context, { params, body, typed }) => {
      try {
        await saveSchedule(context, params.id, body);
      } catch (error) {
        if (error instanceof EditedMeanwhile) return scheduleConflict(context, params.id, typed);
        throw error;
      }
      return redirect(schedulePath(params.id), { kind: 'success', key: 'staffSchedules.saved' });
    },
  }),
  route.get(`${own}/hours-copy`, {
    permission,
    params: StaffParams,
    handler: (context, { params }) => copyPage(context, params.id),
  }),
  route.post(`${own}/hours-copy`, {
    permission,
    params: StaffParams,
    body: HoursCopyForm,
    invalid: (context, { params, values, problems }) => copyPage(context, params.id, values, problems),
    handler: async (context, { params, body }) => {
      const actionId = await copyHours(context, params.id, body.fromId);
      return redirect(schedulePath(params.id), {
        kind: 'success',
        key: 'staffSchedules.hoursCopied',
        undo: `/recent-actions/${actionId}/undo`,
      });
    },
  }),
];

async function editPage(
  context: ViewerContext,
  id: string,
  values?: FormValues,
  problems?: readonly Problem[],
): Promise<Reply> {
  const [staff, skills] = await Promise.all([findStaff(context, id), readSkills(context)]);
  const view = editScheduleView(context, staff, skills, values, problems);
  return page('admin/form', view, { status: problems ? 422 : 200 });
}

async function copyPage(
  context: ViewerContext,
  id: string,
  values?: FormValues,
  problems?: readonly Problem[],
): Promise<Reply> {
  const [staff, colleagues] = await Promise.all([
    findStaff(context, id),
    listColleaguesWithHours(context, id),
  ]);
  const view = copyHoursView(context, staff, colleagues, values, problems);
  return page('admin/form', view, { status: problems ? 422 : 200 });
}

async function scheduleConflict(context: ViewerContext, id: string, typed: FormValues): Promise<Reply> {
  const [staff, skills] = await Promise.all([findStaff(context, id), readSkills(context)]);
  return conflictPage(context, {
    table: 'staff_capacities',
    recordId: id,
    name: staff.name,
    recordHref: schedulePath(id),
    specs: scheduleSpecs(staff, skills),
    stored: storedSchedule(staff),
    typed,
    editForm: scheduleForm(context, staff, skills, { ...typed, version: String(staff.version) }),
  });
}
