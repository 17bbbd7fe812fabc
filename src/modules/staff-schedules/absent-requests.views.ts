import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import { formView, type FieldOption, type FieldSpec, type FormValues } from '../../core/form.js';
import { pageHeader, type AdminFormView } from '../admin/admin-pages.js';
import { absencePath, type Absence } from './absence.js';
import type { RequestCounts } from './absences.queries.js';
import { absenceDays } from './absences.views.js';
import { personTrail } from './schedule-form.views.js';
import { loadCell } from './staff-cells.js';
import { schedulePath } from './staff-schedule.js';
import type { StaffRecord } from './staff-schedules.queries.js';

/** What the page shows before anything is passed on. */
export interface AbsentRequests {
  readonly staff: StaffRecord;
  readonly absence: Absence;
  readonly counts: RequestCounts;
  readonly substitute: StaffRecord | undefined;
}

/** The page that asks what becomes of the requests of somebody who is absent; it says how many they are. */
export function absentRequestsView(
  context: ViewerContext,
  { staff, absence, counts, substitute }: AbsentRequests,
  values: FormValues = { choice: 'leave' },
  problems: readonly Problem[] = [],
): AdminFormView {
  const { t } = context;
  const { name } = staff;
  const title = t('staffSchedules.requestsOf', { name });
  const options: FieldOption[] = [
    { value: 'leave', label: t('staffSchedules.passing.leave', { name }) },
    ...(substitute ? [{ value: 'substitute', label: substituteLabel(context, substitute) }] : []),
    { value: 'queue', label: t('staffSchedules.passing.queue') },
  ];
  const spec: FieldSpec = {
    name: 'choice',
    label: 'staffSchedules.passing',
    kind: 'select',
    required: true,
    help: 'staffSchedules.passingHelp',
    options,
  };
  const days = absenceDays(context, absence);
  return {
    title,
    header: pageHeader(title, {
      trail: personTrail(context, staff),
      subtitle: t('staffSchedules.requestNumbers', { days, ...counts }),
    }),
    editForm: {
      action: `${absencePath(absence.id)}/requests`,
      form: formView(t, [spec], values, problems),
      hidden: [],
      submitLabel: t('staffSchedules.pass'),
      cancelHref: schedulePath(staff.id),
    },
  };
}

const substituteLabel = (context: ViewerContext, substitute: StaffRecord): string =>
  context.t('staffSchedules.passing.substitute', {
    name: substitute.name,
    load: loadCell(context, substitute).text,
  });
