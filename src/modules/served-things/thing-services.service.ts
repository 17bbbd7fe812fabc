import { v7 as newId } from 'uuid';
import { z } from 'zod';
import { EditedMeanwhile } from '../../core/conflict.js';
import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { InvalidInput, NotFound } from '../../core/errors.js';
import { dayOf } from '../../core/format.js';
import { registerUndoable } from '../../core/undo/undo.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { asDate } from '../follow-ups/follow-up-steps.js';
import { dueAfterService } from './due-day.js';
import { moveDueDay, type DueOutcome } from './due-follow-up.js';
import type { ThingRecord } from './served-things.queries.js';
import { because, findEditableThing } from './served-things.service.js';
import { findService, type ServiceRow } from './thing-services.queries.js';
import type { NewService, ServiceChange } from './thing-services.schemas.js';

/**
 * Records a service. It settles the due day: the next one is that of the form, or follows from the interval of the kind.
 * A service that is older than the latest one leaves the due day as it is, unless the form names one. Sent twice, the
 * same form (same id) is stored once.
 * @throws NotFound, Forbidden, InvalidInput for a day to come or staff who do not exist.
 */
export async function addService(context: ViewerContext, thingId: string, form: NewService): Promise<void> {
  const thing = await findEditableThing(context, thingId);
  const { nextDueOn, servedOn, ...fields } = form;
  checkDay(context, servedOn);
  await unitOfWork(context, 'served-things.service-added', async (tx) => {
    await checkStaff(tx, fields.staffId);
    const before = await lockDueDay(tx, thingId);
    const data = { ...fields, thingId, servedOn: asDate(servedOn) };
    const { count } = await tx.servedThingService.createMany({ data, skipDuplicates: true });
    if (count === 0) return;
    const isLatest = before.servedOn === null || servedOn >= before.servedOn;
    const following = isLatest ? dueAfterService(servedOn, thing.service_interval_days) : before.dueOn;
    await setDueDay(tx, context, thing, before.dueOn, nextDueOn ?? following, { state: 'done' });
  });
}

/**
 * Changes a service. A due day that followed from the latest service goes on following from it.
 * @throws NotFound, Forbidden, EditedMeanwhile, InvalidInput
 */
export async function changeService(
  context: ViewerContext,
  id: string,
  { version, servedOn, ...fields }: ServiceChange,
): Promise<ThingRecord> {
  const { service, thing } = await findEditableService(context, id);
  checkDay(context, servedOn);
  await unitOfWork(context, 'served-things.service-changed', async (tx) => {
    if (fields.staffId !== service.staff_id) await checkStaff(tx, fields.staffId);
    await followLatest(tx, context, thing, async () => {
      const data = { ...fields, servedOn: asDate(servedOn) };
      const { count } = await tx.servedThingService.updateMany({ where: { id, version }, data });
      if (count === 0) throw new EditedMeanwhile();
    });
  });
  return thing;
}

/**
 * Deletes a service, the due day following as above; the returned action brings both back.
 * @throws NotFound, Forbidden, EditedMeanwhile
 */
export async function deleteService(
  context: ViewerContext,
  id: string,
  version: number,
): Promise<{ readonly actionId: string; readonly thing: ThingRecord }> {
  const { service, thing } = await findEditableService(context, id);
  const actionId = newId();
  const summary = { name: thing.name, customerNo: thing.customer_no, work: service.work };
  const action = { id: actionId, kind: 'servedThings.serviceDeleted', summary, actorId: context.viewer.id };
  await unitOfWork(
    context,
    'served-things.service-deleted',
    async (tx) => {
      await registerUndoable(tx, action, context.deps.now());
      await followLatest(tx, context, thing, async () => {
        const { count } = await tx.servedThingService.deleteMany({ where: { id, version } });
        if (count === 0) throw new EditedMeanwhile();
      });
    },
    { undoableActionId: actionId },
  );
  return { actionId, thing };
}

/** A service and its thing. @throws NotFound, Forbidden outside the scope of editing. */
export async function findEditableService(
  context: ViewerContext,
  id: string,
): Promise<{ readonly service: ServiceRow; readonly thing: ThingRecord }> {
  const service = await findService(context, id);
  return { service, thing: await findEditableThing(context, service.thing_id) };
}

/** Changes the history of a thing; where the due day followed from its latest service, it still does afterwards. */
async function followLatest(
  tx: Transaction,
  context: ViewerContext,
  thing: ThingRecord,
  change: () => Promise<void>,
): Promise<void> {
  const { service_interval_days: interval } = thing;
  const before = await lockDueDay(tx, thing.id);
  const isFollowing = before.dueOn !== null && before.dueOn === dueAfterService(before.servedOn, interval);
  await change();
  if (!isFollowing) return;
  const { servedOn } = await lockDueDay(tx, thing.id);
  const dueOn = dueAfterService(servedOn, interval);
  await setDueDay(tx, context, thing, before.dueOn, dueOn, because(context, 'moved'));
}

async function setDueDay(
  tx: Transaction,
  context: ViewerContext,
  { id }: ThingRecord,
  from: string | null,
  to: string | null,
  outcome: DueOutcome,
): Promise<void> {
  if (from !== to) await tx.servedThing.updateMany({ where: { id }, data: { nextDueOn: to && asDate(to) } });
  await moveDueDay(tx, context, id, { from, to }, outcome);
}

const DueDay = z.tuple([z.object({ dueOn: z.string().nullable(), servedOn: z.string().nullable() })]);

/** When a thing is due and was served last; until the end of the unit of work nobody else changes that. */
async function lockDueDay(tx: Transaction, thingId: string): Promise<z.infer<typeof DueDay>[0]> {
  await tx.$executeRaw`SELECT FROM served_things WHERE id = ${thingId}::uuid FOR UPDATE`;
  const rows = await tx.$queryRaw`
    SELECT next_due_on::text AS "dueOn",
           (SELECT max(served_on)::text FROM served_thing_services WHERE thing_id = served_things.id) AS "servedOn"
    FROM served_things WHERE id = ${thingId}::uuid`;
  const result = DueDay.safeParse(rows);
  if (!result.success) throw new NotFound('the thing is gone');
  return result.data[0];
}

function checkDay({ deps }: ViewerContext, servedOn: string): void {
  if (servedOn > dayOf(deps.now())) throw InvalidInput.field('servedOn', 'servedThings.servedInFuture');
}

async function checkStaff(tx: Transaction, staffId: string | null): Promise<void> {
  const isKnown = staffId === null || (await tx.user.count({ where: { id: staffId } })) === 1;
  if (!isKnown) throw InvalidInput.field('staffId', 'errors.notAChoice');
}
