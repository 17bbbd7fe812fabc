import { z } from 'zod';
import {
  optionalDate,
  optionalFilter,
  optionalText,
  requiredText,
  rowVersion,
  uuid,
} from '../../core/fields.js';
import { listParameters } from '../../core/lists/list.js';
import { thingLimits } from './served-thing.js';

const fields = {
  kindId: uuid,
  name: requiredText(thingLimits.name),
  identifier: optionalText(thingLimits.identifier).transform((text) => text && text.normalize('NFKC')),
  remark: optionalText(thingLimits.remark),
  nextDueOn: optionalDate,
};

/** `id` is made with the form: sent twice, it creates once. */
export const NewThingForm = z.strictObject({ id: uuid, ...fields });
export const ThingForm = z.strictObject({ version: rowVersion, ...fields });
export const ThingVersionForm = z.strictObject({ version: rowVersion });
export const ThingArchivalForm = z.strictObject({});
export const ThingParams = z.strictObject({ id: uuid });

export type NewThing = z.output<typeof NewThingForm>;
export type ThingChange = z.output<typeof ThingForm>;

/** Days ahead that "due soon" means. */
export const soonDays = 30;

/** Without one: all things in use. */
export const thingStates = ['overdue', 'soon', 'archived', 'all'] as const;

const listFields = z.strictObject({
  ...listParameters(['due']),
  state: optionalFilter(z.enum(thingStates)),
  kind: optionalFilter(uuid),
  customer: optionalFilter(uuid),
});

export const ThingListQuery = listFields;

/** The same without `after`: an export has no pages. */
export const ThingExportQuery = listFields.omit({ after: true });

export type ThingListQuery = z.output<typeof ThingListQuery>;
