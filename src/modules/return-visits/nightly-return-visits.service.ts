import { z } from 'zod';
import type { Context, Dependencies } from '../../core/context.js';
import { dayOf, timeZone } from '../../core/format.js';
import { translator } from '../../core/i18n.js';
import { sql, type Sql } from '../../core/sql.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { addDays } from '../follow-ups/due-days.js';
import { catchUpDays, occasions, type Period } from '../return-visit-plans/occasions.js';
import { planName } from '../return-visit-plans/plan-name.js';
import { ownerRules, type OwnerRule, type PlanRule } from '../return-visit-plans/return-visit-plan.js';
import { goesOn, mostOpened, openReturnVisits, type PlannedVisit } from './open-return-visits.js';
import { windowAfter } from './return-visit.js';

export const returnVisitQueue = 'return-visits';

const stepTimeoutMillis = 60_000;

const NightlyPlan = z.object({
  id: z.string(),
  name: z.string(),
  trigger: z.enum(['afterPurchase', 'rhythm']),
  item: z.string().nullable(),
  daysAfter: z.number(),
  windowDays: z.number(),
  ownerRule: z.enum(ownerRules),
  since: z.string(),
});

type NightlyPlan = z.infer<typeof NightlyPlan>;

/**
 * Opens the return visits that follow from purchases up to yesterday, and from visits that did not come: in steps of at
 * most 500, each a unit of work of its own, once for a plan, a customer and a day. Returns how many were opened.
 */
export async function planNightlyReturnVisits(deps: Dependencies): Promise<number> {
  const context: Context = { deps, actor: { id: null, name: 'system' }, locale: 'en', t: translator('en') };
  const plans = await deps.database.rows(
    sql`SELECT id::text, name, trigger, item, days_after AS "daysAfter", window_days AS "windowDays",
               owner_rule AS "ownerRule", (created_at AT TIME ZONE ${timeZone})::date::text AS since
        FROM return_visit_plans WHERE trigger <> 'afterClosing' AND archived_at IS NULL ORDER BY id`,
    NightlyPlan,
  );
  let opened = 0;
  for (const plan of plans) opened += await followPlan(context, plan);
  return opened;
}

/** Occasions are found once, because finding them takes longer than opening a step of visits. */
async function followPlan(context: Context, plan: NightlyPlan): Promise<number> {
  const { database, now } = context.deps;
  const found = unplanned(plan, periodOf(plan, dayOf(now())));
  let opened = 0;
  for await (const step of database.stream(found, Occasion, mostOpened)) {
    const visits = step.map((occasion) => plannedVisit(context, plan, occasion));
    const ids = await unitOfWork(
      context,
      'return-visits.planned',
      (tx) => openReturnVisits(tx, context, visits),
      { timeoutMillis: stepTimeoutMillis },
    );
    opened += ids.length;
  }
  return opened;
}

/** The days of occasions whose window is not over. Purchases from before the plan, or from long ago, give rise to nothing. */
export function periodOf(
  plan: Pick<NightlyPlan, 'trigger' | 'daysAfter' | 'windowDays' | 'since'>,
  today: string,
): Period {
  const oldest = addDays(today, 1 - plan.daysAfter - plan.windowDays);
  if (plan.trigger === 'rhythm') return { from: oldest, to: addDays(today, -plan.daysAfter) };
  const days = [oldest, plan.since, addDays(today, -catchUpDays)].toSorted();
  return { from: days.at(-1) ?? oldest, to: addDays(today, -1) };
}

const Occasion = z.object({
  customerId: z.string(),
  servedBy: z.string().nullable(),
  ownerId: z.string().nullable(),
  about: z.string().nullable(),
  day: z.string(),
});

type Occasion = z.infer<typeof Occasion>;

/** The occasions for which nothing was planned yet; of those of one customer the last. */
function unplanned(plan: NightlyPlan, period: Period): Sql {
  const rule: PlanRule = { ...plan, typeId: null };
  return sql`
    SELECT DISTINCT ON (customers.id) customers.id::text AS "customerId", found.served_by::text AS "servedBy",
           customers.owner_id::text AS "ownerId", found.about, found.day::text
    FROM (${occasions(rule, period)}) AS found JOIN customers ON customers.id = found.customer_id
    WHERE NOT EXISTS (SELECT FROM service_requests
                      WHERE origin = 'returnVisit:' || ${plan.id} || ':' || found.customer_id || ':' || found.day)
      AND NOT ${goesOn(sql`found.customer_id`, sql`${plan.id}::uuid`)}
    ORDER BY customers.id, found.day DESC`;
}

function plannedVisit(
  { t }: Context,
  plan: NightlyPlan,
  { customerId, servedBy, ownerId, about, day }: Occasion,
): PlannedVisit {
  const name = planName(t, plan.name);
  return {
    ...{ planId: plan.id, customerId, window: windowAfter(day, plan) },
    subject: about === null ? name : `${name}: ${about}`,
    origin: `returnVisit:${plan.id}:${customerId}:${day}`,
    ...inOrder(plan.ownerRule, ownerId, servedBy),
  };
}

const inOrder = (rule: OwnerRule, ownerId: string | null, servedBy: string | null) =>
  rule === 'customerOwner'
    ? { firstId: ownerId, secondId: servedBy }
    : { firstId: servedBy, secondId: ownerId };
