import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { NotFound } from '../../core/errors.js';
import { dayOf } from '../../core/format.js';
import { sql } from '../../core/sql.js';
import { addDays } from '../follow-ups/due-days.js';
import { occasions } from './occasions.js';
import { ownerRules, planTriggers, type PlanRule } from './return-visit-plan.js';

const Plan = z.object({
  id: z.string(),
  name: z.string(),
  trigger: z.enum(planTriggers),
  typeId: z.string().nullable(),
  item: z.string().nullable(),
  daysAfter: z.number(),
  windowDays: z.number(),
  maxAttempts: z.number(),
  retryDays: z.number(),
  ownerRule: z.enum(ownerRules),
  isArchived: z.boolean(),
  isUsed: z.boolean(),
  version: z.number(),
});

/** A plan with what its administration needs. */
export type Plan = z.infer<typeof Plan>;

/** Every plan, those out of use last; they are few. */
export const listPlans = ({ deps }: ViewerContext): Promise<Plan[]> =>
  deps.database.rows(
    sql`SELECT id::text, name, trigger, type_id::text AS "typeId", item, days_after AS "daysAfter",
               window_days AS "windowDays", max_attempts AS "maxAttempts", retry_days AS "retryDays",
               owner_rule AS "ownerRule", archived_at IS NOT NULL AS "isArchived",
               EXISTS (SELECT FROM return_visits WHERE plan_id = return_visit_plans.id) AS "isUsed", version
        FROM return_visit_plans ORDER BY archived_at IS NOT NULL, name, id`,
    Plan,
  );

/** @throws NotFound */
export async function findPlan(context: ViewerContext, id: string): Promise<Plan> {
  const plan = (await listPlans(context)).find((one) => one.id === id);
  if (!plan) throw new NotFound('no such plan of return visits');
  return plan;
}

const PlanType = z.object({
  id: z.string(),
  name: z.string(),
  shippedKey: z.string().nullable(),
  isArchived: z.boolean(),
});

/** A type of requests that a plan can follow. */
export type PlanType = z.infer<typeof PlanType>;

/** All but return visits. */
export const listPlanTypes = ({ deps }: ViewerContext): Promise<PlanType[]> =>
  deps.database.rows(
    sql`SELECT id::text, name, shipped_key AS "shippedKey", archived_at IS NOT NULL AS "isArchived"
        FROM request_types WHERE behaviour <> 'returnVisit' ORDER BY position, name`,
    PlanType,
  );

/** Days back from today that a preview counts. */
export const previewDays = 30;

/** Counting for a preview stops here. */
export const previewCap = 10_000;

/** How many return visits a plan would have made over the last 30 days; one above the cap means more. */
export async function previewPlan({ deps }: ViewerContext, rule: PlanRule): Promise<number> {
  const to = addDays(dayOf(deps.now()), rule.trigger === 'rhythm' ? -rule.daysAfter : -1);
  const period = { from: addDays(to, 1 - previewDays), to };
  const [counted] = await deps.database.rows(
    sql`SELECT count(*)::integer AS count FROM (SELECT FROM (${occasions(rule, period)}) AS found LIMIT ${previewCap + 1}) AS counted`,
    z.object({ count: z.number() }),
  );
  return counted?.count ?? 0;
}
