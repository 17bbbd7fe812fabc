import { z } from 'zod';

/** How far a change came: kept with its task, moved in the unit of work that changes the customers. */
export const BulkResult = z.object({
  /** The last customer that was looked at. */
  cursor: z.string().nullable(),
  seen: z.number(),
  changed: z.number(),
  /** Outside what the person may change. */
  forbidden: z.number(),
  /** The change makes no sense in them; results from before this was counted have none. */
  impossible: z.number().default(0),
});

export type BulkResult = z.infer<typeof BulkResult>;

export const nothingYet: BulkResult = { cursor: null, seen: 0, changed: 0, forbidden: 0, impossible: 0 };
