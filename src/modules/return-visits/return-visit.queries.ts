import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { NotFound } from '../../core/errors.js';
import { sql } from '../../core/sql.js';
import { byHand } from '../return-visit-plans/return-visit-plan.js';
import { findRequest, type RequestRecord } from '../service-requests/service-requests.queries.js';
import { visitOutcomes } from './return-visit.js';

const VisitRecord = z.object({
  windowFrom: z.string(),
  windowTo: z.string(),
  attempts: z.number(),
  maxAttempts: z.number(),
  retryDays: z.number(),
  nextAttemptOn: z.string(),
  outcome: z.enum(visitOutcomes).nullable(),
  isToWinBack: z.boolean(),
  planName: z.string().nullable(),
  version: z.number(),
});

/** What a return visit has besides any request. */
export type VisitRecord = z.infer<typeof VisitRecord>;

/** Undefined for a request that is no return visit. Read the request within its scope first. */
export async function readReturnVisit(
  { deps }: Pick<ViewerContext, 'deps'>,
  requestId: string,
): Promise<VisitRecord | undefined> {
  const [visit] = await deps.database.preparedRows(
    sql`SELECT window_from::text AS "windowFrom", window_to::text AS "windowTo", attempts,
               coalesce(plans.max_attempts, ${byHand.maxAttempts}::integer) AS "maxAttempts",
               coalesce(plans.retry_days, ${byHand.retryDays}::integer) AS "retryDays",
               next_attempt_on::text AS "nextAttemptOn", outcome, reactivated_at IS NOT NULL AS "isToWinBack",
               plans.name AS "planName", return_visits.version
        FROM return_visits LEFT JOIN return_visit_plans AS plans ON plans.id = return_visits.plan_id
        WHERE return_visits.id = ${requestId}::uuid`,
    VisitRecord,
  );
  return visit;
}

export interface FoundVisit {
  readonly request: RequestRecord;
  readonly visit: VisitRecord;
}

/** A return visit with its request. @throws NotFound when there is none in the viewer's scope. */
export async function findReturnVisit(context: ViewerContext, id: string): Promise<FoundVisit> {
  const [request, visit] = await Promise.all([findRequest(context, id), readReturnVisit(context, id)]);
  if (!visit) throw new NotFound('the request is no return visit');
  return { request, visit };
}
