import { z } from 'zod';
import type { Dependencies } from '../../core/context.js';
import { sql } from '../../core/sql.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { assignRequests } from './assign-requests.js';
import { isUnassigned, urgency, waitingPerStep } from './waiting-requests.js';

const actor = { id: null, name: 'system' };
const stepTimeoutMillis = 30_000;

const Waiting = z.object({ id: z.string(), urgency: z.string() });
type Waiting = z.infer<typeof Waiting>;

/**
 * Goes once through everything that waits for somebody, the most urgent first, in steps that are each a unit of work.
 * Runs at the same time do no harm, and forms that are open stay valid: versions are left alone. Returns how many were
 * assigned.
 */
export async function workOffQueue(deps: Dependencies): Promise<number> {
  let assigned = 0;
  let last: Waiting | undefined;
  for (;;) {
    const waiting = await listWaiting(deps, last);
    if (waiting.length === 0) return assigned;
    last = waiting.at(-1);
    const ids = waiting.map(({ id }) => id);
    const outcomes = await unitOfWork(
      { deps, actor },
      'service-requests.assigned',
      (tx) => assignRequests(tx, ids, deps.now()),
      { restoring: true, timeoutMillis: stepTimeoutMillis },
    );
    assigned += outcomes.filter(({ assigneeId }) => assigneeId !== null).length;
  }
}

function listWaiting({ database }: Dependencies, after: Waiting | undefined): Promise<Waiting[]> {
  const further = after
    ? sql`(${urgency}, service_requests.id) > (${after.urgency}::timestamptz, ${after.id}::uuid)`
    : sql`TRUE`;
  return database.rows(
    sql`SELECT service_requests.id::text, ${urgency}::text AS urgency FROM service_requests
        WHERE ${isUnassigned} AND ${further}
        ORDER BY ${urgency}, service_requests.id LIMIT ${waitingPerStep}`,
    Waiting,
  );
}
