import { z } from 'zod';
import { optionalUuid, requiredText, rowVersion, uuid } from '../../core/fields.js';
import { causeNameLength } from './complaint-cause.js';

const fields = { name: requiredText(causeNameLength), parentId: optionalUuid };

/** `id` is made with the form: sent twice, it creates once. */
export const NewComplaintCauseForm = z.strictObject({ id: uuid, ...fields });
export const ComplaintCauseForm = z.strictObject({ ...fields, version: rowVersion });

export type NewComplaintCause = z.output<typeof NewComplaintCauseForm>;
export type ComplaintCauseChange = z.output<typeof ComplaintCauseForm>;
