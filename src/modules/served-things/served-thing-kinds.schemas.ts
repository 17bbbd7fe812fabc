import { z } from 'zod';
import { optionalText, requiredText, rowVersion, uuid, wholeNumber } from '../../core/fields.js';
import { listParameters } from '../../core/lists/list.js';
import { kindDays, kindLimits } from './served-thing-kind.js';

const fields = {
  name: requiredText(kindLimits.name),
  identifierLabel: optionalText(kindLimits.identifierLabel),
  serviceIntervalDays: optionalText(20).pipe(wholeNumber(...kindDays.interval).nullable()),
  leadDays: wholeNumber(...kindDays.lead),
};

/** `id` is made with the form: sent twice, it creates once. */
export const NewServedThingKindForm = z.strictObject({ id: uuid, ...fields });
export const ServedThingKindForm = z.strictObject({ version: rowVersion, ...fields });
export const KindArchivalForm = z.strictObject({});
export const ServedThingKindParams = z.strictObject({ id: uuid });

export type NewServedThingKind = z.output<typeof NewServedThingKindForm>;
export type ServedThingKindChange = z.output<typeof ServedThingKindForm>;

export const ServedThingKindListQuery = z.strictObject(listParameters(['name']));
export type ServedThingKindListQuery = z.output<typeof ServedThingKindListQuery>;
