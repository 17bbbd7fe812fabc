import { v7 as newId } from 'uuid';
import type { Dependencies } from '../../core/context.js';
import { dayOf, formatDay } from '../../core/format.js';
import { asLocale, translator } from '../../core/i18n.js';
import { sql } from '../../core/sql.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { followUpLimits } from '../follow-ups/follow-ups.schemas.js';
import { followUpDay, originOf } from './due-day.js';
import { listUnplanned, type UnplannedService } from './due-services.queries.js';

export const dueServicesQueue = 'due-services';

const actor = { id: null, name: 'system' };

/**
 * Plans a follow-up for the owner of each customer a thing of whom falls due within the lead days of its kind: in
 * batches, each a statement and a unit of work of its own, and once for a thing and a due day, however often it runs and
 * wherever it is killed. Returns how many were planned.
 */
export async function planDueServices(deps: Dependencies): Promise<number> {
  const today = dayOf(deps.now());
  let planned = 0;
  for (;;) {
    const services = await listUnplanned(deps, today);
    if (services.length === 0) return planned;
    const count = await plan(deps, services, today);
    planned += count;
    if (count === 0) return planned;
  }
}

function plan(deps: Dependencies, services: readonly UnplannedService[], today: string): Promise<number> {
  const rows = JSON.stringify(services.map((service) => followUpRow(service, today)));
  return unitOfWork({ deps, actor }, 'served-things.follow-ups-planned', (tx) =>
    tx.$executeRaw(sql`
      INSERT INTO follow_ups (id, customer_id, owner_id, due_on, action, origin)
      SELECT id, customer_id, owner_id, due_on, action, origin
      FROM jsonb_populate_recordset(NULL::follow_ups, ${rows}::jsonb)
      ON CONFLICT (origin) DO NOTHING`),
  );
}

function followUpRow(service: UnplannedService, today: string) {
  const { thing_id: thingId, next_due_on: dueOn, owner_locale: ownerLocale } = service;
  const locale = asLocale(ownerLocale) ?? 'en';
  const name = service.identifier === null ? service.name : `${service.name} (${service.identifier})`;
  const action = translator(locale)('servedThings.followUp', { name, day: formatDay(dueOn, locale) });
  return {
    id: newId(),
    customer_id: service.customer_id,
    owner_id: service.owner_id,
    due_on: followUpDay(dueOn, service.lead_days, today),
    action: Array.from(action).slice(0, followUpLimits.action).join(''),
    origin: originOf(thingId, dueOn),
  };
}
