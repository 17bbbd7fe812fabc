import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { originOf } from './due-day.js';

/** What becomes of the open follow-up of a due day: the service was done, or the day is no longer due for a reason. */
export type DueOutcome =
  { readonly state: 'done' } | { readonly state: 'cancelled'; readonly reason: string };

/** Finishes or cancels the open follow-up of a thing's due day, if there is one. */
export async function settleDueDay(
  tx: Transaction,
  { deps, viewer }: ViewerContext,
  thingId: string,
  dueOn: string | null,
  outcome: DueOutcome,
): Promise<void> {
  if (dueOn === null) return;
  await tx.followUp.updateMany({
    where: { origin: originOf(thingId, dueOn), state: 'open' },
    data: { ...outcome, finishedAt: deps.now(), finishedById: viewer.id },
  });
}

/** A day that somebody sets anew is planned anew, although it had a follow-up before. */
export async function openDueDay(tx: Transaction, thingId: string, dueOn: string | null): Promise<void> {
  if (dueOn === null) return;
  await tx.followUp.updateMany({
    where: { origin: originOf(thingId, dueOn), state: { not: 'open' } },
    data: { origin: null },
  });
}

/** The due day of a thing moved from one day to another. */
export async function moveDueDay(
  tx: Transaction,
  context: ViewerContext,
  thingId: string,
  move: { readonly from: string | null; readonly to: string | null },
  outcome: DueOutcome,
): Promise<void> {
  if (move.from === move.to) return;
  await settleDueDay(tx, context, thingId, move.from, outcome);
  await openDueDay(tx, thingId, move.to);
}
