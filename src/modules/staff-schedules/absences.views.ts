import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import { formView, type FieldSpec, type FormValues } from '../../core/form.js';
import { formatDay } from '../../core/format.js';
import type { EditFormView } from '../../core/views/edit-form-view.js';
import { pageHeader, type AdminConfirmView, type AdminFormView } from '../admin/admin-pages.js';
import { personOptions, type Person } from '../admin/people.queries.js';
import { absencePath, absenceReasons, type Absence } from './absence.js';
import { personTrail } from './schedule-form.views.js';
import { schedulePath } from './staff-schedule.js';
import type { StaffRecord } from './staff-schedules.queries.js';

/** The days of an absence: "1 Dec 2026 – 5 Dec 2026". */
export function absenceDays({ locale }: ViewerContext, { fromDay, toDay }: Absence): string {
  const [first, last] = [formatDay(fromDay, locale), formatDay(toDay, locale)];
  return first === last ? first : `${first} – ${last}`;
}

/** The fields; `colleagues` can stand in. */
export const absenceSpecs = ({ t }: ViewerContext, colleagues: readonly Person[]): readonly FieldSpec[] => [
  { name: 'fromDay', label: 'staffSchedules.fromDay', kind: 'date', required: true },
  {
    name: 'toDay',
    label: 'staffSchedules.toDay',
    kind: 'date',
    required: true,
    help: 'staffSchedules.toDayHelp',
  },
  {
    name: 'reason',
    label: 'staffSchedules.reason',
    kind: 'select',
    required: true,
    options: absenceReasons.map((reason) => ({ value: reason, label: t(`staffSchedules.reason.${reason}`) })),
  },
  {
    name: 'substituteId',
    label: 'staffSchedules.substitute',
    kind: 'select',
    help: 'staffSchedules.substituteHelp',
    options: personOptions(colleagues),
  },
];

/** The page that notes an absence; with values and problems after a refusal. */
export function newAbsenceView(
  context: ViewerContext,
  staff: StaffRecord,
  colleagues: readonly Person[],
  values: FormValues = { id: newId(), reason: 'holiday' },
  problems: readonly Problem[] = [],
): AdminFormView {
  const { t } = context;
  const title = t('staffSchedules.newAbsenceOf', { name: staff.name });
  const { id } = values;
  return {
    title,
    header: pageHeader(title, { trail: personTrail(context, staff) }),
    editForm: {
      action: `${schedulePath(staff.id)}/absences`,
      form: formView(t, absenceSpecs(context, colleagues), values, problems),
      hidden: [{ name: 'id', value: typeof id === 'string' ? id : newId() }],
      submitLabel: t('staffSchedules.createAbsence'),
      cancelHref: schedulePath(staff.id),
    },
  };
}

/** What is stored, by the names of the form's fields. */
export const storedAbsence = ({ fromDay, toDay, reason, substituteId }: Absence): FormValues => ({
  fromDay,
  toDay,
  reason,
  substituteId: substituteId ?? '',
});

/** The page that changes an absence. */
export function editAbsenceView(
  context: ViewerContext,
  staff: StaffRecord,
  absence: Absence,
  colleagues: readonly Person[],
  values: FormValues = storedAbsence(absence),
  problems: readonly Problem[] = [],
): AdminFormView {
  const { t } = context;
  const title = t('staffSchedules.editAbsenceOf', { name: staff.name });
  const remove = {
    label: t('form.delete'),
    href: `${absencePath(absence.id)}/deletion`,
    icon: 'trash',
    emphasis: 'danger',
    shortcut: '',
  } as const;
  return {
    title,
    header: pageHeader(title, { trail: personTrail(context, staff), actions: [remove] }),
    editForm: absenceForm(context, staff, absence, colleagues, values, problems),
  };
}

/** The form itself; `version` in the values is what it was opened with. */
export function absenceForm(
  context: ViewerContext,
  staff: StaffRecord,
  absence: Absence,
  colleagues: readonly Person[],
  values: FormValues,
  problems: readonly Problem[] = [],
): EditFormView {
  const { version } = values;
  return {
    action: absencePath(absence.id),
    form: formView(context.t, absenceSpecs(context, colleagues), values, problems),
    hidden: [{ name: 'version', value: typeof version === 'string' ? version : String(absence.version) }],
    submitLabel: context.t('form.save'),
    cancelHref: schedulePath(staff.id),
  };
}

/** The page before an absence is deleted. */
export function absenceDeletionView(
  context: ViewerContext,
  staff: StaffRecord,
  absence: Absence,
): AdminConfirmView {
  const { t } = context;
  const title = t('staffSchedules.deleteAbsenceOf', { name: staff.name });
  return {
    title,
    header: pageHeader(title, { trail: personTrail(context, staff) }),
    confirm: {
      action: `${absencePath(absence.id)}/deletion`,
      question: t('staffSchedules.deleteAbsenceQuestion', { days: absenceDays(context, absence) }),
      consequences: [t('staffSchedules.deleteAbsenceConsequence', { name: staff.name })],
      hidden: [{ name: 'version', value: String(absence.version) }],
      confirmLabel: t('staffSchedules.deleteAbsence'),
      cancelHref: absencePath(absence.id),
      isDestructive: true,
    },
  };
}
