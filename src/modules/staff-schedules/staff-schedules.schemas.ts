import { z } from 'zod';
import { checkbox, listOf, uuid, wholeNumber } from '../../core/fields.js';
import { listParameters } from '../../core/lists/list.js';
import { dayWindowsField } from '../../core/working-time/day-windows-text.js';
import { skillLimits } from '../skills/skill.js';
import { capacityLimits } from './staff-schedule.js';

export const StaffListQuery = z.strictObject(listParameters(['name']));
export type StaffListQuery = z.output<typeof StaffListQuery>;

export const StaffParams = z.strictObject({ id: uuid });

export const ScheduleForm = z.strictObject({
  /** 0 when the form was opened before there was a capacity. */
  version: wholeNumber(0, 2_147_483_647),
  monday: dayWindowsField,
  tuesday: dayWindowsField,
  wednesday: dayWindowsField,
  thursday: dayWindowsField,
  friday: dayWindowsField,
  saturday: dayWindowsField,
  sunday: dayWindowsField,
  takesAutomatic: checkbox,
  maximumOpen: wholeNumber(...capacityLimits.maximumOpen),
  weight: wholeNumber(...capacityLimits.weight),
  skillIds: listOf(uuid, skillLimits.skills),
});
export type Schedule = z.output<typeof ScheduleForm>;

/** Whose hours are copied. */
export const HoursCopyForm = z.strictObject({ fromId: uuid });
