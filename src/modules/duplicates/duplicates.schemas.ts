import { z } from 'zod';
import { optionalFilter, uuid } from '../../core/fields.js';
import { listParameters } from '../../core/lists/list.js';
import { pairReasons } from './pair-reasons.js';

export const pairStates = ['open', 'dismissed', 'merged'] as const;
export type PairState = (typeof pairStates)[number];

export const pairSorts = ['score'] as const;

/** The review queue: what is open unless another state is asked for. */
export const PairListQuery = z.strictObject({
  ...listParameters(pairSorts),
  state: optionalFilter(z.enum(pairStates)),
  reason: optionalFilter(z.enum(pairReasons)),
});
export type PairListQuery = z.output<typeof PairListQuery>;

export const PairParams = z.strictObject({ id: uuid });
