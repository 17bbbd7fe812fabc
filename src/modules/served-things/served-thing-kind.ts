import { z } from 'zod';
import { sql } from '../../core/sql.js';

/** Kinds at once, and the longest texts in characters. */
export const kindLimits = { kinds: 50, name: 40, identifierLabel: 40 } as const;

/** Days that can stand between two services, and before one for its follow-up. */
export const kindDays = { interval: [1, 3_650], lead: [0, 90] } as const;

export const ServedThingKind = z.object({
  id: z.string(),
  name: z.string(),
  identifier_label: z.string().nullable(),
  service_interval_days: z.number().nullable(),
  lead_days: z.number(),
  is_archived: z.boolean(),
});

/** What can be served: car, pet, flat, equipment. */
export type ServedThingKind = z.infer<typeof ServedThingKind>;

/** The columns of a kind in a SELECT from `served_thing_kinds`. */
export const kindColumns = sql`served_thing_kinds.id::text, served_thing_kinds.name, served_thing_kinds.identifier_label,
  served_thing_kinds.service_interval_days, served_thing_kinds.lead_days,
  served_thing_kinds.archived_at IS NOT NULL AS is_archived`;
