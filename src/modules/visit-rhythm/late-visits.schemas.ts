import { z } from 'zod';
import { optionalFilter, returnPath, uuid, wholeNumber } from '../../core/fields.js';
import { listParameters } from '../../core/lists/list.js';
import { lateGroups } from './late-customers.js';
import { lateRuleLimits } from './late-rules.js';

/** Days by which one click puts a late customer off. */
export const postponements = ['7', '30'] as const;

export const LateVisitsQuery = z.strictObject({
  ...listParameters(['expected', 'name']),
  group: optionalFilter(z.enum(lateGroups)),
  owner: optionalFilter(z.enum(['me', 'none'])),
  team: optionalFilter(uuid),
  branch: optionalFilter(uuid),
  tier: optionalFilter(z.union([z.literal('none'), uuid])),
});

export const LateVisitsExportQuery = LateVisitsQuery.omit({ after: true });

/** Version 0 is that of rules never saved. */
export const LateRulesForm = z.strictObject({
  toleranceDays: wholeNumber(...lateRuleLimits.toleranceDays),
  goneIntervals: wholeNumber(...lateRuleLimits.goneIntervals),
  restDays: wholeNumber(...lateRuleLimits.restDays),
  maximumAttempts: wholeNumber(...lateRuleLimits.maximumAttempts),
  version: wholeNumber(0, 2_147_483_647),
});

export type LateVisitsQuery = z.output<typeof LateVisitsQuery>;

export const PostponementParams = z.strictObject({ id: uuid });

/** The id of the follow-up is made with the list and stands in the address, so that one form serves all rows. */
export const PostponementQuery = z.strictObject({ followUp: uuid });

export const PostponementForm = z.strictObject({
  choice: z.enum(postponements).transform(Number),
  returnTo: returnPath.default('/late-visits'),
});
