import { z } from 'zod';

/** How far a change came: kept with its task, moved in the unit of work that changes the records. */
export const BulkResult = z.object({
  /** The last record that was looked at. */
  cursor: z.string().nullable(),
  seen: z.number(),
  changed: z.number(),
  /** Outside what the person may change. */
  forbidden: z.number(),
  /** The change cannot be made in them; results from before this was counted have none. */
  impossible: z.number().default(0),
  /** How many of these by the name of each refusal. */
  refusals: z.record(z.string(), z.number()).default({}),
});

export type BulkResult = z.infer<typeof BulkResult>;

export const nothingYet: BulkResult = {
  cursor: null,
  seen: 0,
  changed: 0,
  forbidden: 0,
  impossible: 0,
  refusals: {},
};
