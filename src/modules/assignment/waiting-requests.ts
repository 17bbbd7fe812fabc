import { z } from 'zod';
import type { Transaction } from '../../core/database.js';
import { dayOf } from '../../core/format.js';
import { sql, type Sql } from '../../core/sql.js';
import type { RequestToAssign } from './choose-assignee.js';

/** Requests of one call, at most. */
export const waitingPerStep = 200;

/** Whoever served the customer within these days knows them. */
const servedLastDays = 180;

/** Whoever gave a request back within these hours gets it again only when nobody else can take it. */
const givenBackHours = 24;

const Named = z.object({ id: z.string(), name: z.string() });

const WaitingRow = z.object({
  id: z.string(),
  requestNo: z.string(),
  customerId: z.string().nullable(),
  team: Named.nullable(),
  branch: Named.nullable(),
  skills: z.array(Named),
  gaveBackIds: z.array(z.string()),
  preferred: z
    .object({
      userId: z.string(),
      because: z.enum(['servedLast', 'owner']),
      standsInFor: z.string().nullable(),
    })
    .nullable(),
});

/** A request that waits for somebody, with what its notification says. */
export interface WaitingRequest extends RequestToAssign {
  readonly requestNo: string;
  readonly customerId: string | null;
}

/** What waits for somebody: a piece of a larger statement. Imported requests are somebody's already, elsewhere. */
export const isUnassigned = sql`
  service_requests.deleted_at IS NULL AND service_requests.state_category <> 'done' AND service_requests.assignee_id IS NULL
  AND service_requests.source_no IS NULL`;

/** The index `service_requests_unassigned`: the earliest deadline first, then what came first, as ids tell. */
export const urgency = sql`coalesce(service_requests.next_due_at, '9999-12-31 00:00+00')`;

/**
 * The most urgent of those requests that nobody has, locked; at most `waitingPerStep`. What somebody else is changing is
 * left out: they see to its assignment themselves, and waiting for them under the lock of assignment would be a deadlock.
 */
export async function lockWaitingRequests(
  tx: Transaction,
  requestIds: readonly string[] | 'waiting',
  now: Date,
): Promise<WaitingRequest[]> {
  const chosen =
    requestIds === 'waiting' ? sql`TRUE` : sql`service_requests.id = ANY(${[...requestIds]}::uuid[])`;
  return WaitingRow.array().parse(
    await tx.$queryRaw(sql`
      WITH waiting AS MATERIALIZED (
        SELECT service_requests.* FROM service_requests WHERE ${isUnassigned} AND ${chosen}
        ORDER BY ${urgency}, service_requests.id LIMIT ${waitingPerStep} FOR UPDATE SKIP LOCKED)
      SELECT waiting.id::text, waiting.request_no AS "requestNo", waiting.customer_id::text AS "customerId",
             (SELECT jsonb_build_object('id', id, 'name', name) FROM teams WHERE id = waiting.team_id) AS team,
             (SELECT jsonb_build_object('id', id, 'name', name) FROM branches WHERE id = waiting.branch_id) AS branch,
             ${neededSkills} AS skills, ${gaveBack(now)} AS "gaveBackIds", ${preferredStaff(dayOf(now))} AS preferred
      FROM waiting ORDER BY coalesce(waiting.next_due_at, '9999-12-31 00:00+00'), waiting.id`),
  );
}

/** Those of the type and of the category; a category without one takes that of the next above it. */
const neededSkills = sql`
  (SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name) ORDER BY name), '[]'::jsonb) FROM skills
   WHERE id = (SELECT skill_id FROM request_types WHERE id = waiting.type_id)
      OR id = (SELECT coalesce(own.skill_id, above.skill_id, top.skill_id) FROM request_categories AS own
               LEFT JOIN request_categories AS above ON above.id = own.parent_id
               LEFT JOIN request_categories AS top ON top.id = above.parent_id
               WHERE own.id = waiting.category_id))`;

/** Who had the request when it was given back lately, or taken from them: whose hands it shall not come back into at once. */
const gaveBack = (now: Date): Sql => sql`
  ARRAY(SELECT DISTINCT had.assignee_id::text FROM request_assignments AS given
        CROSS JOIN LATERAL (
          SELECT assignee_id FROM request_assignments AS earlier
          WHERE earlier.request_id = given.request_id AND (earlier.assigned_at, earlier.id) < (given.assigned_at, given.id)
          ORDER BY earlier.assigned_at DESC, earlier.id DESC LIMIT 1) AS had
        WHERE given.request_id = waiting.id AND given.way = 'released' AND had.assignee_id IS NOT NULL
          AND given.assigned_at > ${now}::timestamptz - make_interval(hours => ${givenBackHours}::integer))`;

/** Who served the customer last, else who looks after them; or who stands in for that person today. */
const preferredStaff = (today: string): Sql => sql`
  (SELECT jsonb_build_object('userId', coalesce(absence.substitute_id, known.user_id), 'because', because,
            'standsInFor', CASE WHEN absence.substitute_id IS NOT NULL THEN users.name END)
   FROM (
     (SELECT staff_id AS user_id, 'servedLast' AS because, 1 AS rank FROM purchases
      WHERE customer_id = waiting.customer_id AND staff_id IS NOT NULL
        AND purchased_on BETWEEN ${today}::date - ${servedLastDays}::integer AND ${today}::date
      ORDER BY purchased_on DESC, id DESC LIMIT 1)
     UNION ALL
     SELECT owner_id, 'owner', 2 FROM customers WHERE id = waiting.customer_id AND owner_id IS NOT NULL
   ) AS known
   JOIN users ON users.id = known.user_id
   LEFT JOIN LATERAL (SELECT substitute_id FROM staff_absences
     WHERE staff_absences.user_id = known.user_id AND ${today}::date BETWEEN from_day AND to_day
       AND substitute_id IS NOT NULL ORDER BY from_day LIMIT 1) AS absence ON TRUE
   ORDER BY known.rank LIMIT 1)`;
