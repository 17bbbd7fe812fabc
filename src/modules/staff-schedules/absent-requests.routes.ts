import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import type { FormValues } from '../../core/form.js';
import { page, redirect, type Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { absencesPath } from './absence.js';
import { countRequestsOf, findAbsence } from './absences.queries.js';
import { AbsenceParams, PassingForm } from './absences.schemas.js';
import { passOn } from './absent-requests.service.js';
import { absentRequestsView } from './absent-requests.views.js';
import { schedulePath } from './staff-schedule.js';
import { findStaff } from './staff-schedules.queries.js';

const permission = 'staff-schedules:manage';
const path = `${absencesPath}/:id/requests`;

export const absentRequestRoutes = [
  route.get(path, {
    permission,
    params: AbsenceParams,
    handler: (context, { params }) => choicePage(context, params.id),
  }),
  route.post(path, {
    permission,
    params: AbsenceParams,
    body: PassingForm,
    invalid: (context, { params, values, problems }) => choicePage(context, params.id, values, problems),
    handler: async (context, { params, body }) => {
      const { userId } = await findAbsence(context, params.id);
      if (body.choice === 'leave') return redirect(schedulePath(userId));
      const { count, actionId } = await passOn(context, params.id, body.choice);
      return redirect(schedulePath(userId), {
        kind: 'success',
        key: body.choice === 'queue' ? 'staffSchedules.putBack' : 'staffSchedules.passedOn',
        params: { count },
        undo: `/recent-actions/${actionId}/undo`,
      });
    },
  }),
];

async function choicePage(
  context: ViewerContext,
  id: string,
  values?: FormValues,
  problems?: readonly Problem[],
): Promise<Reply> {
  const absence = await findAbsence(context, id);
  const { userId, substituteId } = absence;
  const [staff, counts, substitute] = await Promise.all([
    findStaff(context, userId),
    countRequestsOf(context, userId),
    substituteId === null ? undefined : findStaff(context, substituteId),
  ]);
  const view = absentRequestsView(context, { staff, absence, counts, substitute }, values, problems);
  return page('admin/form', view, { status: problems ? 422 : 200 });
}
