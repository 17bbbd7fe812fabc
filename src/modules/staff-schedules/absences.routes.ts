import { conflictPage, EditedMeanwhile } from '../../core/conflict.js';
import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import type { FormValues } from '../../core/form.js';
import { dayOf } from '../../core/format.js';
import { page, redirect, type Flash, type Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { absencePath, absencesPath, coversDay } from './absence.js';
import { countRequestsOf, findAbsence } from './absences.queries.js';
import { AbsenceDeletionForm, AbsenceForm, AbsenceParams, NewAbsenceForm } from './absences.schemas.js';
import { changeAbsence, createAbsence, deleteAbsence } from './absences.service.js';
import {
  absenceDeletionView,
  absenceForm,
  absenceSpecs,
  editAbsenceView,
  newAbsenceView,
  storedAbsence,
} from './absences.views.js';
import { schedulePath, staffSchedulesPath } from './staff-schedule.js';
import { findStaff, listColleagues } from './staff-schedules.queries.js';
import { StaffParams } from './staff-schedules.schemas.js';

const permission = 'staff-schedules:manage';
const ofPerson = `${staffSchedulesPath}/:id/absences`;
const one = `${absencesPath}/:id`;

export const absenceRoutes = [
  route.get(`${ofPerson}/new`, {
    permission,
    params: StaffParams,
    handler: (context, { params }) => newPage(context, params.id),
  }),
  route.post(ofPerson, {
    permission,
    params: StaffParams,
    body: NewAbsenceForm,
    invalid: (context, { params, values, problems }) => newPage(context, params.id, values, problems),
    handler: async (context, { params, body }) => {
      await createAbsence(context, params.id, body);
      return afterSaving(context, body.id);
    },
  }),
  route.get(one, {
    permission,
    params: AbsenceParams,
    handler: (context, { params }) => editPage(context, params.id),
  }),
  route.post(one, {
    permission,
    params: AbsenceParams,
    body: AbsenceForm,
    invalid: (context, { params, values, problems }) => editPage(context, params.id, values, problems),
    handler: async (context, { params, body, typed }) => {
      try {
        await changeAbsence(context, params.id, body);
      } catch (error) {
        if (error instanceof EditedMeanwhile) return absenceConflict(context, params.id, typed);
        throw error;
      }
      return afterSaving(context, params.id);
    },
  }),
  route.get(`${one}/deletion`, {
    permission,
    params: AbsenceParams,
    handler: async (context, { params }) => {
      const absence = await findAbsence(context, params.id);
      const staff = await findStaff(context, absence.userId);
      return page('admin/confirm', absenceDeletionView(context, staff, absence));
    },
  }),
  route.post(`${one}/deletion`, {
    permission,
    params: AbsenceParams,
    body: AbsenceDeletionForm,
    handler: async (context, { params, body }) => {
      const { userId } = await findAbsence(context, params.id);
      const actionId = await deleteAbsence(context, params.id, body.version);
      return redirect(schedulePath(userId), {
        kind: 'success',
        key: 'staffSchedules.absenceDeleted',
        undo: `/recent-actions/${actionId}/undo`,
      });
    },
  }),
];

/** Whoever is absent now with requests left is asked about them at once. */
async function afterSaving(context: ViewerContext, id: string): Promise<Reply> {
  const absence = await findAbsence(context, id);
  const { userId } = absence;
  const flash: Flash = absence.isSubstituteAbsent
    ? {
        kind: 'warning',
        key: 'staffSchedules.absenceSavedWarning',
        params: { name: absence.substituteName ?? '' },
      }
    : { kind: 'success', key: 'staffSchedules.absenceSaved' };
  if (!coversDay(absence, dayOf(context.deps.now()))) return redirect(schedulePath(userId), flash);
  const { open, waiting } = await countRequestsOf(context, userId);
  return redirect(open + waiting > 0 ? `${absencePath(id)}/requests` : schedulePath(userId), flash);
}

async function newPage(
  context: ViewerContext,
  userId: string,
  values?: FormValues,
  problems?: readonly Problem[],
): Promise<Reply> {
  const [staff, colleagues] = await Promise.all([
    findStaff(context, userId),
    listColleagues(context, userId),
  ]);
  const view = newAbsenceView(context, staff, colleagues, values, problems);
  return page('admin/form', view, { status: problems ? 422 : 200 });
}

async function readForForm(context: ViewerContext, id: string) {
  const absence = await findAbsence(context, id);
  const [staff, colleagues] = await Promise.all([
    findStaff(context, absence.userId),
    listColleagues(context, absence.userId),
  ]);
  return { absence, staff, colleagues };
}

async function editPage(
  context: ViewerContext,
  id: string,
  values?: FormValues,
  problems?: readonly Problem[],
): Promise<Reply> {
  const { staff, absence, colleagues } = await readForForm(context, id);
  const view = editAbsenceView(context, staff, absence, colleagues, values, problems);
  return page('admin/form', view, { status: problems ? 422 : 200 });
}

async function absenceConflict(context: ViewerContext, id: string, typed: FormValues): Promise<Reply> {
  const { staff, absence, colleagues } = await readForForm(context, id);
  const current = { ...typed, version: String(absence.version) };
  return conflictPage(context, {
    table: 'staff_absences',
    recordId: id,
    name: staff.name,
    recordHref: schedulePath(staff.id),
    specs: absenceSpecs(context, colleagues),
    stored: storedAbsence(absence),
    typed,
    editForm: absenceForm(context, staff, absence, colleagues, current),
  });
}
