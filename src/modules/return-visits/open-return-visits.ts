import { v7 as newId } from 'uuid';
import { z } from 'zod';
import type { Context } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { dayOf } from '../../core/format.js';
import { readRows } from '../../core/read-rows.js';
import { sql, type Sql } from '../../core/sql.js';
import { assignRequests } from '../assignment/assign-requests.js';
import { recomputeDeadlines } from '../deadlines/recompute-deadlines.js';
import { requestLimits } from '../service-requests/request.js';
import { drawRequestNumbers } from '../service-requests/request-numbers.js';
import { firstAttemptOn, type VisitWindow } from './return-visit.js';

/** Return visits of one call. */
export const mostOpened = 500;

/** A return visit that a plan gives rise to. */
export interface PlannedVisit {
  readonly planId: string;
  readonly customerId: string;
  readonly subject: string;
  readonly window: VisitWindow;
  /** What it is opened for, once. */
  readonly origin: string;
  /** Who is to call, the first one who still works here; automatic assignment where there is none. */
  readonly firstId: string | null;
  readonly secondId: string | null;
}

const Opened = z.object({ id: z.string(), assigneeId: z.string().nullable(), stateId: z.string() });

/** True when a return visit of a customer by a plan goes on. Both are columns or values. */
export const goesOn = (customerId: Sql, planId: Sql): Sql => sql`EXISTS (
  SELECT FROM service_requests AS going JOIN return_visits ON return_visits.id = going.id
  WHERE going.customer_id = ${customerId} AND going.deleted_at IS NULL AND going.state_category <> 'done'
    AND return_visits.plan_id = ${planId})`;

/**
 * Opens return visits within a unit of work, at most 500, each a request of that type with its row beside it. Those of an
 * origin that is there, or of a customer who is not, are left out. Without a type for return visits none is opened.
 * @returns the ids of those that are new
 */
export async function openReturnVisits(
  tx: Transaction,
  context: Context,
  visits: readonly PlannedVisit[],
): Promise<string[]> {
  if (visits.length === 0) return [];
  const now = context.deps.now();
  const numbers = await drawRequestNumbers(
    tx,
    Array.from(visits, () => now),
  );
  const wanted = visits.map((visit, at) => ({ id: newId(), number: numbers[at] ?? '', visit }));
  const opened = await insertRequests(tx, context, wanted, now);
  if (opened.length === 0) return [];
  const visitOf = new Map(wanted.map(({ id, visit }) => [id, visit]));
  await tx.returnVisit.createMany({
    data: opened.flatMap(({ id }) => {
      const visit = visitOf.get(id);
      return visit ? [returnVisitRow(id, visit, dayOf(now))] : [];
    }),
  });
  await writeBeginnings(tx, context, opened, now);
  await recomputeDeadlines(
    tx,
    opened.map(({ id }) => id),
    now,
  );
  const unassigned = opened.filter(({ assigneeId }) => assigneeId === null);
  await assignRequests(
    tx,
    unassigned.map(({ id }) => id),
    now,
  );
  return opened.map(({ id }) => id);
}

interface NumberedVisit {
  readonly id: string;
  readonly number: string;
  readonly visit: PlannedVisit;
}

function insertRequests(
  tx: Transaction,
  { actor }: Context,
  visits: readonly NumberedVisit[],
  now: Date,
): Promise<z.infer<typeof Opened>[]> {
  const rows = JSON.stringify(
    visits.map(({ id, number, visit }) => ({
      ...{ id, number, customer_id: visit.customerId, origin: visit.origin },
      subject: Array.from(visit.subject).slice(0, requestLimits.subject).join(''),
      ...{ first_id: visit.firstId, second_id: visit.secondId },
    })),
  );
  return readRows(
    tx,
    sql`
    INSERT INTO service_requests (id, request_no, type_id, state_id, state_category, priority, channel, subject, customer_id,
                                  branch_id, team_id, assignee_id, assigned_at, received_at, last_entry_at, origin, created_by_id)
    SELECT wanted.id, wanted.number, types.id, states.id, 'open', types.default_priority, 'phone', wanted.subject, customers.id,
           customers.branch_id, coalesce(types.team_id, customers.team_id), callers.id,
           CASE WHEN callers.id IS NOT NULL THEN ${now}::timestamptz END, ${now}, ${now}, wanted.origin, ${actor.id}::uuid
    FROM jsonb_to_recordset(${rows}::jsonb) AS wanted
           (id uuid, number text, customer_id uuid, origin text, subject text, first_id uuid, second_id uuid)
    JOIN customers ON customers.id = wanted.customer_id AND customers.deleted_at IS NULL
    JOIN LATERAL (SELECT id, default_priority, team_id FROM request_types
                  WHERE behaviour = 'returnVisit' AND archived_at IS NULL
                  ORDER BY shipped_key IS NULL, position, id LIMIT 1) AS types ON TRUE
    JOIN request_states AS states ON states.is_initial
    LEFT JOIN LATERAL (SELECT id FROM users WHERE id IN (wanted.first_id, wanted.second_id) AND disabled_at IS NULL
                       ORDER BY id <> wanted.first_id LIMIT 1) AS callers ON TRUE
    ON CONFLICT DO NOTHING
    RETURNING id::text, assignee_id::text AS "assigneeId", state_id::text AS "stateId"`,
    Opened,
  );
}

const returnVisitRow = (id: string, { planId, window }: PlannedVisit, today: string) => ({
  ...{ id, planId, windowFrom: new Date(window.from), windowTo: new Date(window.to) },
  nextAttemptOn: new Date(firstAttemptOn(window, today)),
});

/** The first lines of their history, and who has them. */
async function writeBeginnings(
  tx: Transaction,
  { actor }: Context,
  opened: readonly z.infer<typeof Opened>[],
  now: Date,
): Promise<void> {
  await tx.requestStateChange.createMany({
    data: opened.map(({ id, stateId }) => ({
      ...{ id: newId(), requestId: id, toStateId: stateId, category: 'open' },
      ...{ changedById: actor.id, changedAt: now },
    })),
  });
  await tx.requestAssignment.createMany({
    data: opened.flatMap(({ id, assigneeId }) =>
      assigneeId === null
        ? []
        : [{ id: newId(), requestId: id, assigneeId, way: 'automatic', assignedAt: now }],
    ),
  });
}
