import { v7 as newId } from 'uuid';
import { z } from 'zod';
import type { Context } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { dayOf } from '../../core/format.js';
import { readRows } from '../../core/read-rows.js';
import { sql } from '../../core/sql.js';
import { planName } from '../return-visit-plans/plan-name.js';
import { ownerRules } from '../return-visit-plans/return-visit-plan.js';
import { goesOn, openReturnVisits } from './open-return-visits.js';
import { outcomeUntold, windowAfter } from './return-visit.js';

const FollowingPlan = z.object({
  planId: z.string(),
  name: z.string(),
  daysAfter: z.number(),
  windowDays: z.number(),
  ownerRule: z.enum(ownerRules),
  customerId: z.string(),
  subject: z.string(),
  ownerId: z.string().nullable(),
  assigneeId: z.string().nullable(),
});

/**
 * What follows for return visits when a request is done, in its unit of work: one that nobody settled counts as missed;
 * any other request gives rise to a return visit where a plan says so. The plan of its type goes before one for any.
 * Nothing follows from what was imported or cancelled, nor while a return visit by the plan goes on.
 */
export async function planReturnVisits(tx: Transaction, context: Context, requestId: string): Promise<void> {
  await tx.returnVisit.updateMany({
    where: { id: requestId, outcome: null },
    data: { outcome: outcomeUntold },
  });
  const [plan] = await readRows(
    tx,
    sql`
    SELECT plans.id::text AS "planId", plans.name, days_after AS "daysAfter", window_days AS "windowDays",
           owner_rule AS "ownerRule", customers.id::text AS "customerId", requests.subject,
           customers.owner_id::text AS "ownerId", requests.assignee_id::text AS "assigneeId"
    FROM service_requests AS requests
    JOIN request_types AS types ON types.id = requests.type_id AND types.behaviour <> 'returnVisit'
    JOIN request_states AS states ON states.id = requests.state_id
    JOIN customers ON customers.id = requests.customer_id AND customers.deleted_at IS NULL
    JOIN return_visit_plans AS plans ON plans.trigger = 'afterClosing' AND plans.archived_at IS NULL
     AND (plans.type_id IS NULL OR plans.type_id = requests.type_id)
    WHERE requests.id = ${requestId}::uuid AND requests.state_category = 'done' AND requests.deleted_at IS NULL
      AND requests.source_no IS NULL AND states.shipped_key IS DISTINCT FROM 'cancelled'
      AND NOT ${goesOn(sql`customers.id`, sql`plans.id`)}
    ORDER BY plans.type_id IS NULL, plans.created_at, plans.id LIMIT 1`,
    FollowingPlan,
  );
  if (!plan) return;
  const owner = plan.ownerRule === 'customerOwner';
  const opened = await openReturnVisits(tx, context, [
    {
      ...{ planId: plan.planId, customerId: plan.customerId, origin: `returnVisit:${requestId}` },
      subject: `${planName(context.t, plan.name)}: ${plan.subject}`,
      window: windowAfter(dayOf(context.deps.now()), plan),
      firstId: owner ? plan.ownerId : plan.assigneeId,
      secondId: owner ? plan.assigneeId : plan.ownerId,
    },
  ]);
  await tx.requestRelation.createMany({
    data: opened.map((id) => ({ id: newId(), fromId: id, toId: requestId, kind: 'followsUp' })),
  });
}

/** A return visit that is opened again goes on: it stands in the list from today. */
export async function resumeReturnVisit(
  tx: Transaction,
  { deps }: Context,
  requestId: string,
): Promise<void> {
  await tx.returnVisit.updateMany({
    where: { id: requestId, outcome: { not: null } },
    data: { outcome: null, attempts: 0, reactivatedAt: null, nextAttemptOn: new Date(dayOf(deps.now())) },
  });
}
