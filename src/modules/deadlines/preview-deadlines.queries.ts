import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { sql } from '../../core/sql.js';
import { requestScope } from '../service-requests/service-requests.scope.js';
import { countRequest, type CountingRules } from './count-request.js';
import { countedRequestColumn, isCounted, StoredRequest } from './counted-requests.js';
import { deadlineKinds, type DeadlineKind } from './deadline-kind.js';

/** Open requests that are looked at, the most urgent first, and those that are named. */
export const mostPreviewed = 10_000;
const mostExamples = 10;
const batchSize = 500;

const OpenRequest = z.object({
  request_no: z.string(),
  is_visible: z.boolean(),
  policy_id: z.string().nullable(),
  first_response_due_at: z.date().nullable(),
  update_due_at: z.date().nullable(),
  resolution_due_at: z.date().nullable(),
  next_due_at: z.date().nullable(),
  counted: StoredRequest,
});

type OpenRequest = z.infer<typeof OpenRequest>;

/** A deadline that would move; null where there is none. */
export interface MovedDeadline {
  readonly requestNo: string;
  readonly kind: DeadlineKind;
  readonly from: Date | null;
  readonly to: Date | null;
}

/** What other rules would change in open requests. */
export interface DeadlinePreview {
  readonly requests: number;
  /** There are more than were looked at. */
  readonly isCapped: boolean;
  readonly otherPolicy: number;
  readonly earlier: number;
  readonly later: number;
  readonly added: number;
  readonly removed: number;
  /** Requests that are in time now and would be late at once. */
  readonly lateAtOnce: number;
  readonly examples: readonly MovedDeadline[];
}

/** Counts open requests by other rules and compares them with what is stored; nothing is written. */
export async function previewDeadlines(
  context: ViewerContext,
  rules: CountingRules,
): Promise<DeadlinePreview> {
  const { deps, viewer } = context;
  const now = deps.now();
  const sums = { requests: 0, otherPolicy: 0, earlier: 0, later: 0, added: 0, removed: 0, lateAtOnce: 0 };
  const examples: MovedDeadline[] = [];
  const open = sql`
    SELECT request_no, ${requestScope(viewer)} AS is_visible, policy_id::text, first_response_due_at, update_due_at,
           resolution_due_at, next_due_at, ${countedRequestColumn(now)} AS counted
    FROM service_requests
    WHERE deleted_at IS NULL AND state_category <> 'done' AND ${isCounted}
    ORDER BY coalesce(next_due_at, '9999-12-31 00:00+00'), id LIMIT ${mostPreviewed + 1}`;
  for await (const batch of deps.database.stream(open, OpenRequest, batchSize)) {
    for (const request of batch) {
      sums.requests += 1;
      if (sums.requests > mostPreviewed) break;
      const { counted, policyId } = countRequest(rules, request.counted);
      const moved = movesOf(request, counted.due);
      if (policyId !== request.policy_id) sums.otherPolicy += 1;
      for (const move of moved) sums[directionOf(move)] += 1;
      if (isLate(counted.next?.at ?? null, now) && !isLate(request.next_due_at, now)) sums.lateAtOnce += 1;
      if (request.is_visible && examples.length < mostExamples)
        examples.push(...moved.slice(0, mostExamples - examples.length));
    }
  }
  const requests = Math.min(sums.requests, mostPreviewed);
  return { ...sums, requests, isCapped: sums.requests > mostPreviewed, examples };
}

function movesOf(request: OpenRequest, due: Readonly<Record<DeadlineKind, Date | null>>): MovedDeadline[] {
  const stored = {
    firstResponse: request.first_response_due_at,
    update: request.update_due_at,
    resolution: request.resolution_due_at,
  };
  return deadlineKinds
    .map((kind) => ({ requestNo: request.request_no, kind, from: stored[kind], to: due[kind] }))
    .filter(({ from, to }) => from?.getTime() !== to?.getTime());
}

function directionOf({ from, to }: MovedDeadline): 'earlier' | 'later' | 'added' | 'removed' {
  if (from === null) return 'added';
  if (to === null) return 'removed';
  return to < from ? 'earlier' : 'later';
}

const isLate = (due: Date | null, now: Date): boolean => due !== null && due < now;
