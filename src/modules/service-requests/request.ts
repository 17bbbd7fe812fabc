import type { RequiredField } from '../request-states/request-state.js';

/** Longest values, in characters. */
export const requestLimits = {
  subject: 200,
  description: 10_000,
  entry: 10_000,
  reason: 500,
  resolution: 4_000,
  place: 300,
} as const;

/** Fields that only complaints have; of other requests they are not asked. */
export const complaintFields: ReadonlySet<RequiredField> = new Set(['cause', 'responsibility', 'remedy']);

/** Who is at the root of a complaint. */
export const responsibilities = ['staff', 'process', 'product', 'supplier', 'customer', 'nobody'] as const;

/** note: only staff see it. reply: to the customer. customerWord: from the customer. */
export const entryKinds = ['note', 'reply', 'customerWord'] as const;
export type EntryKind = (typeof entryKinds)[number];
