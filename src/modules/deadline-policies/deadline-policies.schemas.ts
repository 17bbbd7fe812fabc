import { z } from 'zod';
import {
  checkbox,
  listOf,
  optionalUuid,
  requiredText,
  rowVersion,
  uuid,
  wholeNumber,
} from '../../core/fields.js';
import { policyLimits } from './deadline-policy.js';
import { targetField, warningField } from './duration-field.js';

const fields = {
  name: requiredText(policyLimits.nameLength),
  typeId: optionalUuid,
  priority: z.union([z.literal('').transform(() => null), wholeNumber(1, 4)]),
  tierId: optionalUuid,
  calendarId: uuid,
  firstResponse: targetField,
  update: targetField,
  resolution: targetField,
  warning: warningField,
  escalationUserIds: listOf(uuid, policyLimits.people),
  position: wholeNumber(0, 1_000),
  /** Whoever sends it has seen what would change. */
  isPreviewed: checkbox,
};

type Targets = Record<'firstResponse' | 'update' | 'resolution', number | null>;

const hasTarget = ({ firstResponse, update, resolution }: Targets): boolean =>
  firstResponse !== null || update !== null || resolution !== null;
const noTarget = { path: ['firstResponse'], message: 'deadlinePolicies.targetMissing' };

/** `id` is made with the form: sent twice, it creates once. */
export const NewDeadlinePolicyForm = z.strictObject({ id: uuid, ...fields }).refine(hasTarget, noTarget);
export const DeadlinePolicyForm = z
  .strictObject({ ...fields, version: rowVersion })
  .refine(hasTarget, noTarget);

export type PolicyFields = Omit<z.output<typeof DeadlinePolicyForm>, 'version' | 'isPreviewed'>;

export const PolicyParams = z.strictObject({ id: uuid });
export const PolicyVersionForm = z.strictObject({ version: rowVersion });
/** What the page sends that has shown what archiving, or bringing back, would change. */
export const PolicyArchivalForm = z.strictObject({ version: rowVersion, isPreviewed: checkbox });
