import { z } from 'zod';
import {
  isoDate,
  optionalDate,
  optionalText,
  optionalUuid,
  requiredText,
  rowVersion,
  uuid,
} from '../../core/fields.js';
import { thingLimits } from './served-thing.js';

const fields = {
  servedOn: isoDate,
  work: requiredText(thingLimits.work),
  staffId: optionalUuid,
  remark: optionalText(thingLimits.remark),
};

/** `id` is made with the form: sent twice, it is stored once. Without `nextDueOn` the interval of the kind counts. */
export const NewServiceForm = z.strictObject({ id: uuid, ...fields, nextDueOn: optionalDate });
export const ServiceForm = z.strictObject({ version: rowVersion, ...fields });
export const ServiceDeletionForm = z.strictObject({ version: rowVersion });
export const ServiceParams = z.strictObject({ id: uuid });

export type NewService = z.output<typeof NewServiceForm>;
export type ServiceChange = z.output<typeof ServiceForm>;
