import { z } from 'zod';

/** How far a handover came: kept with its task, moved in the unit of work that moves the customers. */
export const HandoverResult = z.object({
  /** The last customer that was looked at. */
  cursor: z.string().nullable(),
  seen: z.number(),
  moved: z.number(),
  /** Customers by receiver; those of the pool are in none. */
  received: z.record(z.string(), z.number()),
  followUps: z.number(),
  collaborations: z.number(),
});

export type HandoverResult = z.infer<typeof HandoverResult>;

export const nothingYet: HandoverResult = {
  cursor: null,
  seen: 0,
  moved: 0,
  received: {},
  followUps: 0,
  collaborations: 0,
};

/** What a worker needs to know; the plan is JSON, as payloads hold texts and numbers. */
export const HandoverPayload = z.object({
  actionId: z.uuid(),
  fromName: z.string(),
  plan: z.string(),
  expected: z.number(),
});

export type HandoverPayload = z.infer<typeof HandoverPayload>;
