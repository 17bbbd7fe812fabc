import { z } from 'zod';
import {
  checkbox,
  optionalText,
  optionalUuid,
  requiredText,
  rowVersion,
  uuid,
  wholeNumber,
} from '../../core/fields.js';
import { ownerRules, planLimits, planTriggers } from './return-visit-plan.js';

const fields = {
  name: requiredText(planLimits.name),
  trigger: z.enum(planTriggers),
  typeId: optionalUuid,
  item: optionalText(planLimits.item),
  daysAfter: wholeNumber(...planLimits.daysAfter),
  windowDays: wholeNumber(...planLimits.windowDays),
  maxAttempts: wholeNumber(...planLimits.maxAttempts),
  retryDays: wholeNumber(...planLimits.retryDays),
  ownerRule: z.enum(ownerRules),
  /** Whoever sends it has seen how many return visits it would have made. */
  isPreviewed: checkbox,
};

interface Typed {
  readonly trigger: (typeof planTriggers)[number];
  readonly typeId: string | null;
  readonly item: string | null;
}

/** What does not belong to the trigger is not kept: somebody changed their mind on the form. */
const ofTrigger = <Fields extends Typed>(typed: Fields): Fields => ({
  ...typed,
  typeId: typed.trigger === 'afterClosing' ? typed.typeId : null,
  item: typed.trigger === 'afterPurchase' ? typed.item : null,
});

/** `id` is made with the form: sent twice, it creates once. */
export const NewPlanForm = z.strictObject({ id: uuid, ...fields }).transform(ofTrigger);
export const PlanForm = z.strictObject({ ...fields, version: rowVersion }).transform(ofTrigger);

export type PlanFields = Omit<z.output<typeof PlanForm>, 'version' | 'isPreviewed'>;

export const PlanParams = z.strictObject({ id: uuid });
export const PlanVersionForm = z.strictObject({ version: rowVersion });
