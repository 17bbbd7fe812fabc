import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import { formView, type FieldSpec, type FormValues } from '../../core/form.js';
import type { EditFormView } from '../../core/views/edit-form-view.js';
import { dayWindowsText } from '../../core/working-time/day-windows-text.js';
import { weekdays } from '../../core/working-time/working-calendar.js';
import { pageHeader, type AdminFormView } from '../admin/admin-pages.js';
import { personOptions, type Person } from '../admin/people.queries.js';
import type { Skill } from '../skills/skill.js';
import { newCapacity, schedulePath, weekHours } from './staff-schedule.js';
import type { StaffRecord } from './staff-schedules.queries.js';
import { staffTrail } from './staff-schedules.views.js';

/** The fields; a skill that is archived is only offered to those who have it. */
export const scheduleSpecs = (staff: StaffRecord, skills: readonly Skill[]): readonly FieldSpec[] => [
  ...weekdays.map((day, index): FieldSpec => ({
    name: day,
    label: `staffSchedules.day.${day}`,
    kind: 'text',
    maxLength: 200,
    placeholder: '09:00-12:00, 13:00-18:00',
    ...(index === 0 && { help: 'staffSchedules.hoursHelp' }),
  })),
  { name: 'takesAutomatic', label: 'staffSchedules.takesAutomatic', kind: 'checkbox' },
  {
    name: 'maximumOpen',
    label: 'staffSchedules.maximumOpen',
    kind: 'number',
    required: true,
    help: 'staffSchedules.maximumOpenHelp',
  },
  {
    name: 'weight',
    label: 'staffSchedules.weight',
    kind: 'number',
    required: true,
    help: 'staffSchedules.weightHelp',
  },
  {
    name: 'skillIds',
    label: 'skills.title',
    kind: 'checkboxes',
    options: skills
      .filter(({ id, isArchived }) => !isArchived || staff.skillIds.includes(id))
      .map(({ id, name }) => ({ value: id, label: name })),
  },
];

/** What is stored, by the names of the form's fields. */
export function storedSchedule(staff: StaffRecord): FormValues {
  const hours = weekHours(staff.shifts);
  return {
    ...Object.fromEntries(weekdays.map((day) => [day, dayWindowsText(hours[day])])),
    takesAutomatic: (staff.takesAutomatic ?? true) ? 'on' : '',
    maximumOpen: String(staff.maximumOpen ?? newCapacity.maximumOpen),
    weight: String(staff.weight ?? newCapacity.weight),
    skillIds: staff.skillIds,
  };
}

/** The page that changes hours, capacity and skills; with values and problems after a refusal. */
export function editScheduleView(
  context: ViewerContext,
  staff: StaffRecord,
  skills: readonly Skill[],
  values: FormValues = storedSchedule(staff),
  problems: readonly Problem[] = [],
): AdminFormView {
  const title = context.t('staffSchedules.edit', { name: staff.name });
  return {
    title,
    header: pageHeader(title, { trail: personTrail(context, staff) }),
    editForm: scheduleForm(context, staff, skills, values, problems),
  };
}

/** The form itself; `version` in the values is what it was opened with. */
export function scheduleForm(
  { t }: ViewerContext,
  staff: StaffRecord,
  skills: readonly Skill[],
  values: FormValues,
  problems: readonly Problem[] = [],
): EditFormView {
  const { version } = values;
  return {
    action: schedulePath(staff.id),
    form: formView(t, scheduleSpecs(staff, skills), values, problems),
    hidden: [{ name: 'version', value: typeof version === 'string' ? version : String(staff.version) }],
    submitLabel: t('form.save'),
    cancelHref: schedulePath(staff.id),
  };
}

/** The page that copies the hours of a colleague. */
export function copyHoursView(
  context: ViewerContext,
  staff: StaffRecord,
  colleagues: readonly Person[],
  values: FormValues = {},
  problems: readonly Problem[] = [],
): AdminFormView {
  const { t } = context;
  const title = t('staffSchedules.copyHoursTo', { name: staff.name });
  const spec: FieldSpec = {
    name: 'fromId',
    label: 'staffSchedules.copyFrom',
    kind: 'select',
    required: true,
    help: 'staffSchedules.copyHelp',
    options: personOptions(colleagues),
  };
  return {
    title,
    header: pageHeader(title, { trail: personTrail(context, staff) }),
    editForm: {
      action: `${schedulePath(staff.id)}/hours-copy`,
      form: formView(t, [spec], values, problems),
      hidden: [],
      submitLabel: t('staffSchedules.copyHours'),
      cancelHref: schedulePath(staff.id),
    },
  };
}

/** The way up from pages below somebody. */
export const personTrail = (context: ViewerContext, staff: Pick<StaffRecord, 'id' | 'name'>) => [
  ...staffTrail(context),
  { label: staff.name, href: schedulePath(staff.id) },
];
