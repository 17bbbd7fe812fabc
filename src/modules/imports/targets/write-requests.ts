import type { Transaction } from '../../../core/database.js';
import { rawSql, sql } from '../../../core/sql.js';

/** A request to be stored; the names are those of the columns, moments are ISO texts. */
export interface NewRequest {
  readonly id: string;
  readonly request_no: string;
  readonly source_no: string;
  readonly type_id: string;
  readonly category_id: string | null;
  readonly state_id: string;
  readonly state_category: 'open' | 'done';
  readonly priority: number;
  readonly channel: string;
  readonly subject: string;
  readonly description: string | null;
  readonly customer_id: string | null;
  readonly branch_id: string | null;
  readonly team_id: string | null;
  readonly assignee_id: string | null;
  readonly assigned_at: string | null;
  readonly place: string | null;
  readonly resolution: string | null;
  readonly received_at: string;
  readonly last_entry_at: string;
  readonly closed_at: string | null;
  readonly created_by_id: string;
}

export interface NewStateChange {
  readonly id: string;
  readonly request_id: string;
  readonly from_state_id: string | null;
  readonly to_state_id: string;
  readonly category: 'open' | 'done';
  readonly changed_by_id: string;
  readonly changed_at: string;
}

export interface NewAssignment {
  readonly id: string;
  readonly request_id: string;
  readonly assignee_id: string;
  readonly way: 'byHand';
  readonly assigned_by_id: string;
  readonly assigned_at: string;
}

const requestColumns = rawSql(
  `id, request_no, source_no, type_id, category_id, state_id, state_category, priority, channel, subject, description,
   customer_id, branch_id, team_id, assignee_id, assigned_at, place, resolution, received_at, last_entry_at, closed_at, created_by_id`,
);
const changeColumns = rawSql(
  'id, request_id, from_state_id, to_state_id, category, changed_by_id, changed_at',
);
const assignmentColumns = rawSql('id, request_id, assignee_id, way, assigned_by_id, assigned_at');

/** What new requests have besides, by their type's behaviour. */
export interface NewRequestParts {
  readonly complaintIds: readonly string[];
  readonly returnVisits: readonly { readonly id: string; readonly day: string }[];
  readonly assignments: readonly NewAssignment[];
  readonly stateChanges: readonly NewStateChange[];
}

/** Stores requests with what hangs on them, one statement for each table that gets rows. */
export async function createRequests(
  tx: Transaction,
  requests: readonly NewRequest[],
  { complaintIds, returnVisits, assignments, stateChanges }: NewRequestParts,
): Promise<void> {
  if (requests.length === 0) return;
  await tx.$executeRaw(sql`
    INSERT INTO service_requests (${requestColumns})
    SELECT ${requestColumns} FROM jsonb_populate_recordset(NULL::service_requests, ${JSON.stringify(requests)}::jsonb)`);
  if (complaintIds.length > 0) {
    await tx.$executeRaw`INSERT INTO complaints (id) SELECT unnest(${[...complaintIds]}::uuid[])`;
  }
  if (returnVisits.length > 0) {
    await tx.$executeRaw`
      INSERT INTO return_visits (id, window_from, window_to, next_attempt_on)
      SELECT id, day, day, day FROM jsonb_to_recordset(${JSON.stringify(returnVisits)}::jsonb) AS visits (id uuid, day date)`;
  }
  if (assignments.length > 0) {
    await tx.$executeRaw(sql`
      INSERT INTO request_assignments (${assignmentColumns})
      SELECT ${assignmentColumns}
      FROM jsonb_populate_recordset(NULL::request_assignments, ${JSON.stringify(assignments)}::jsonb)`);
  }
  await createStateChanges(tx, stateChanges);
}

async function createStateChanges(tx: Transaction, stateChanges: readonly NewStateChange[]): Promise<void> {
  if (stateChanges.length === 0) return;
  await tx.$executeRaw(sql`
    INSERT INTO request_state_changes (${changeColumns})
    SELECT ${changeColumns}
    FROM jsonb_populate_recordset(NULL::request_state_changes, ${JSON.stringify(stateChanges)}::jsonb)`);
}

/** The closing of a stored request, or another time of it. */
export interface Closing {
  readonly requestId: string;
  readonly stateId: string;
  readonly closedAt: string;
  readonly resolution: string | null;
  /** The last line of its history; null for one that was closed before, whose last line gets the time. */
  readonly change: NewStateChange | null;
}

/** Closes stored requests at the times of the file. */
export async function closeRequests(tx: Transaction, closings: readonly Closing[]): Promise<void> {
  if (closings.length === 0) return;
  const json = JSON.stringify(closings);
  await tx.$executeRaw(sql`
    UPDATE request_state_changes SET changed_at = closing."closedAt"
    FROM jsonb_to_recordset(${json}::jsonb) AS closing ("requestId" uuid, "closedAt" timestamptz, change jsonb)
    JOIN service_requests ON service_requests.id = closing."requestId"
    WHERE closing.change IS NULL AND request_state_changes.request_id = closing."requestId"
      AND request_state_changes.category = 'done' AND request_state_changes.changed_at = service_requests.closed_at`);
  await tx.$executeRaw(sql`
    UPDATE service_requests SET state_id = closing."stateId", state_category = 'done', closed_at = closing."closedAt",
           resolution = coalesce(closing.resolution, service_requests.resolution), customer_waits_since = NULL,
           version = version + 1, updated_at = now()
    FROM jsonb_to_recordset(${json}::jsonb)
      AS closing ("requestId" uuid, "stateId" uuid, "closedAt" timestamptz, resolution text)
    WHERE service_requests.id = closing."requestId"`);
  await createStateChanges(
    tx,
    closings.flatMap(({ change }) => change ?? []),
  );
}
