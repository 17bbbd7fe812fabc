import { z } from 'zod';
import { optionalUuid } from '../../../core/fields.js';
import { listParameters } from '../../../core/lists/list.js';
import { isPeriod, optionalChoice, periodParameters } from '../filters.js';

export const signInResults = ['accepted', 'refused', 'ended'] as const;

export const LoginLogQuery = z
  .strictObject({
    ...listParameters(['at']),
    person: optionalUuid,
    result: optionalChoice(signInResults),
    ...periodParameters,
  })
  .refine(isPeriod, { path: ['to'], error: 'auditLog.periodReversed' });

export type LoginLogQuery = z.output<typeof LoginLogQuery>;
