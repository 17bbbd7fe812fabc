import { z } from 'zod';
import { checkbox, listOf, requiredText, rowVersion, uuid } from '../../core/fields.js';
import { gatherFields } from '../../core/gather-fields.js';
import {
  requestStateLimits,
  requiredFields,
  stateCategories,
  stateColors,
  transitionPermissions,
} from './request-state.js';

const fields = { name: requiredText(requestStateLimits.name), color: z.enum(stateColors) };

/** `id` is made with the form: sent twice, it creates once. */
export const NewRequestStateForm = z.strictObject({ id: uuid, ...fields, category: z.enum(stateCategories) });

/** The category is only sent while it can change; `isInitial` makes it the state in which requests begin. */
export const RequestStateForm = z.strictObject({
  ...fields,
  category: z.enum(stateCategories).optional(),
  isInitial: checkbox,
  version: rowVersion,
});

export type NewRequestState = z.output<typeof NewRequestStateForm>;
export type RequestStateChange = z.output<typeof RequestStateForm>;

/** What stands before the id of the state that a step leads to in the names of the fields. */
export const stepFields = { permission: 'permission_', required: 'required_' } as const;

/** The steps from one state: a permission for each state it leads to, '' for no step. `seen` tells what they were. */
export const StepsForm = z.preprocess(
  gatherFields(stepFields),
  z.strictObject({
    permission: z.record(uuid, z.union([z.literal(''), z.enum(transitionPermissions)])),
    required: z.record(uuid, listOf(z.enum(requiredFields), requiredFields.length)),
    seen: z.string().max(64),
  }),
);

export type StepsForm = z.output<typeof StepsForm>;

export const RequestStateParams = z.strictObject({ id: uuid });
