import { z } from 'zod';
import { sql } from '../../core/sql.js';

/** The longest texts of a thing and its services, in characters. */
export const thingLimits = { name: 100, identifier: 60, remark: 2_000, work: 500 } as const;

/** Things that a customer's record shows; the list has all of them. */
export const thingsShown = 10;

export const CustomerThing = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.string(),
  identifier: z.string().nullable(),
  next_due_on: z.string().nullable(),
  last_served_on: z.string().nullable(),
});

/** A thing as the record of its customer shows it. */
export type CustomerThing = z.infer<typeof CustomerThing>;

export const CustomerThings = z.object({
  things: z.array(CustomerThing),
  /** False where the product serves nothing of the kind. */
  has_kinds: z.boolean(),
});

export type CustomerThings = z.infer<typeof CustomerThings>;

/** A column of a SELECT from `customers`: the things in use as JSON, what is due next first, one more than are shown. */
export const customerThingsColumn = sql`(
  SELECT jsonb_build_object(
    'has_kinds', EXISTS (SELECT FROM served_thing_kinds WHERE archived_at IS NULL),
    'things', coalesce(jsonb_agg(found ORDER BY found.next_due_on, found.name, found.id), '[]'))
  FROM (
    SELECT things.id, things.name, kinds.name AS kind, things.identifier, things.next_due_on,
           (SELECT max(served_on) FROM served_thing_services WHERE thing_id = things.id) AS last_served_on
    FROM served_things AS things JOIN served_thing_kinds AS kinds ON kinds.id = things.kind_id
    WHERE things.customer_id = customers.id AND things.archived_at IS NULL
    ORDER BY things.next_due_on, things.name, things.id LIMIT ${thingsShown + 1}) AS found)`;
