import { z } from 'zod';
import type { Dependencies } from '../../core/context.js';
import { sql } from '../../core/sql.js';
import { worksOnFollowUps } from '../follow-ups/follow-up-owners.queries.js';
import { kindDays } from './served-thing-kind.js';

/** Follow-ups planned by one statement. */
const batchSize = 500;

const UnplannedService = z.object({
  thing_id: z.string(),
  name: z.string(),
  identifier: z.string().nullable(),
  next_due_on: z.string(),
  lead_days: z.number(),
  customer_id: z.string(),
  owner_id: z.string(),
  owner_locale: z.string().nullable(),
});

/** A thing that falls due, for which nothing was planned yet. */
export type UnplannedService = z.infer<typeof UnplannedService>;

/**
 * Things in use that fall due within the lead days of their kind and have no follow-up for that day, the first ones; of
 * customers whose owner can work on follow-ups. Of other customers they stand in the list of things alone.
 */
export function listUnplanned({ database }: Dependencies, today: string): Promise<UnplannedService[]> {
  const [, mostDaysAhead] = kindDays.lead;
  return database.rows(
    sql`
    SELECT things.id::text AS thing_id, things.name, things.identifier, things.next_due_on, kinds.lead_days,
           customers.id::text AS customer_id, owners.id::text AS owner_id, owners.locale AS owner_locale
    FROM served_things AS things
    JOIN served_thing_kinds AS kinds ON kinds.id = things.kind_id
    JOIN customers ON customers.id = things.customer_id
    JOIN users AS owners ON owners.id = customers.owner_id
    WHERE things.next_due_on <= ${today}::date + ${mostDaysAhead}::integer
      AND things.next_due_on <= ${today}::date + kinds.lead_days
      AND things.archived_at IS NULL AND customers.deleted_at IS NULL
      AND owners.disabled_at IS NULL AND ${worksOnFollowUps(sql`owners.id`)}
      AND NOT EXISTS (SELECT FROM follow_ups
                      WHERE follow_ups.origin = 'servedThing:' || things.id || ':' || things.next_due_on)
    ORDER BY things.next_due_on, things.id LIMIT ${batchSize}`,
    UnplannedService,
  );
}
