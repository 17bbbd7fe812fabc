import { z } from 'zod';
import { checkbox, optionalUuid, requiredText, rowVersion, uuid, wholeNumber } from '../../core/fields.js';
import { requestBehaviours, requestTypeLimits } from './request-type.js';

const fields = {
  name: requiredText(requestTypeLimits.name),
  defaultPriority: wholeNumber(1, 4),
  teamId: optionalUuid,
  skillId: optionalUuid,
  isSurveyed: checkbox,
  isPublic: checkbox,
};

/** `id` is made with the form: sent twice, it creates once. The behaviour is chosen once and for all. */
export const NewRequestTypeForm = z.strictObject({
  id: uuid,
  ...fields,
  behaviour: z.enum(requestBehaviours),
});
export const RequestTypeForm = z.strictObject({ ...fields, version: rowVersion });

export type NewRequestType = z.output<typeof NewRequestTypeForm>;
export type RequestTypeChange = z.output<typeof RequestTypeForm>;
