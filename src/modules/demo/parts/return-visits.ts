import { v7 as newId } from 'uuid';
import type { Context } from '../../../core/context.js';
import { translator } from '../../../core/i18n.js';
import { sql } from '../../../core/sql.js';
import { openReturnVisits, type PlannedVisit } from '../../return-visits/open-return-visits.js';
import { afterComplaint } from '../../return-visit-plans/shipped-plans.js';
import type { DemoCustomer } from '../company/customer.js';
import { asDate, dayText, type DayNumber } from '../days.js';
import type { DemoPart } from '../demo-part.js';
import { createRandom, type Random } from '../random.js';

const reasons = [
  '染发后头皮是否舒适',
  '上次排队过久，致歉回访',
  '疗程效果回访',
  '退款是否到账',
  '新发型是否满意',
];

/** Return visits at once, and days from today on which their window begins. */
const visitCount = 24;
const firstDays = [-4, 6] as const;

/** Return visits that are due, on their way, and to win back, and two requests that come again and again. */
export const returnVisitsPart: DemoPart = {
  name: 'return-visits',
  async fill({ deps, tx }, { seed, today, customers }) {
    const random = createRandom(seed, 'return-visits');
    const plan = await tx.returnVisitPlan.findUnique({
      where: { name: afterComplaint.name },
      select: { id: true },
    });
    const type = await tx.requestType.findUnique({
      where: { shippedKey: 'consultation' },
      select: { id: true },
    });
    if (!plan || !type) return;
    const known = customers.filter(({ deletion, owner }) => deletion === undefined && owner !== undefined);
    const context: Context = {
      deps,
      actor: { id: null, name: 'demo' },
      locale: 'zh-CN',
      t: translator('zh-CN'),
    };
    const step = Math.max(1, Math.floor(known.length / visitCount));
    const chosen = known.filter((_, index) => index % step === 0).slice(0, visitCount);
    await openReturnVisits(
      tx,
      context,
      chosen.map((customer) => visitOf(random, today, plan.id, customer)),
    );
    await tx.$executeRaw(sql`
      UPDATE return_visits SET attempts = CASE WHEN window_to < ${dayText(today)}::date THEN 3 ELSE 1 END,
             reactivated_at = CASE WHEN window_to < ${dayText(today)}::date THEN ${asDate(today)}::timestamptz END
      WHERE window_from < ${dayText(today)}::date AND outcome IS NULL`);
    await tx.recurringRequest.createMany({
      data: known.slice(0, 2).map(({ id }, index) => ({
        ...{
          id: newId(),
          customerId: id,
          typeId: type.id,
          subject: index === 0 ? '季度护理方案回顾' : '办公室绿植养护',
        },
        ...{ unit: 'month', every: index === 0 ? 3 : 1, leadDays: 3 },
        ...{ startsOn: asDate(today + 7 + index), nextOn: asDate(today + 7 + index) },
      })),
    });
  },
};

function visitOf(random: Random, today: DayNumber, planId: string, customer: DemoCustomer): PlannedVisit {
  const from = today + random.integer(...firstDays);
  return {
    ...{ planId, customerId: customer.id, firstId: customer.owner?.id ?? null, secondId: null },
    subject: random.pick(reasons),
    window: { from: dayText(from), to: dayText(from + 2) },
    origin: `returnVisit:demo:${customer.id}`,
  };
}
