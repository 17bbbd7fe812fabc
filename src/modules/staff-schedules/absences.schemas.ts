import { z } from 'zod';
import { isoDate, optionalUuid, rowVersion, uuid } from '../../core/fields.js';
import { absenceLimits, absenceReasons, passingChoices } from './absence.js';

const fields = {
  fromDay: isoDate,
  toDay: isoDate,
  reason: z.enum(absenceReasons),
  substituteId: optionalUuid,
};

const dayMillis = 86_400_000;
const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / dayMillis;

interface Days {
  readonly fromDay: string;
  readonly toDay: string;
}

const inOrder = ({ fromDay, toDay }: Days): boolean => fromDay <= toDay;
const notTooLong = ({ fromDay, toDay }: Days): boolean => daysBetween(fromDay, toDay) < absenceLimits.days;
const orderRule = { path: ['toDay'], message: 'staffSchedules.absenceOrder' };
const lengthRule = { path: ['toDay'], message: 'staffSchedules.absenceTooLong' };

/** `id` is made with the form: sent twice, it creates once. */
export const NewAbsenceForm = z
  .strictObject({ id: uuid, ...fields })
  .refine(inOrder, orderRule)
  .refine(notTooLong, lengthRule);
export const AbsenceForm = z
  .strictObject({ version: rowVersion, ...fields })
  .refine(inOrder, orderRule)
  .refine(notTooLong, lengthRule);
export const AbsenceDeletionForm = z.strictObject({ version: rowVersion });
export const PassingForm = z.strictObject({ choice: z.enum(passingChoices) });

export type NewAbsence = z.output<typeof NewAbsenceForm>;
export type AbsenceChange = z.output<typeof AbsenceForm>;

export const AbsenceParams = z.strictObject({ id: uuid });
