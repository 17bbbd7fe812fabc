import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { addNotification } from '../notifications/notifications.service.js';
import type { Plan } from './next-plan.js';

/** Prisma takes calendar days as midnight UTC. */
export const asDate = (day: string): Date => new Date(`${day}T00:00:00Z`);

export interface NewFollowUp extends Plan {
  readonly id: string;
  readonly customerId: string;
  /** The follow-up that it continues. */
  readonly previousId: string | null;
}

/** Plans a follow-up within a unit of work, and tells its owner when that is somebody else. */
export async function planFollowUp(
  tx: Transaction,
  context: ViewerContext,
  followUp: NewFollowUp,
): Promise<void> {
  await tx.followUp.create({ data: { ...followUp, dueOn: asDate(followUp.dueOn) } });
  await tellOwner(tx, context, followUp);
}

/** Tells somebody that a follow-up is theirs now, unless they took it themselves. */
export async function tellOwner(
  tx: Transaction,
  { viewer }: ViewerContext,
  followUp: Pick<NewFollowUp, 'id' | 'customerId' | 'ownerId'>,
): Promise<void> {
  if (followUp.ownerId === viewer.id) return;
  await addNotification(tx, {
    userId: followUp.ownerId,
    kind: 'followUpAssigned',
    params: { actor: viewer.name, customerId: followUp.customerId },
    href: `/follow-ups/${followUp.id}`,
  });
}

/** Finishes those of the follow-ups that are open still; returns their ids. */
export async function finishFollowUps(
  tx: Transaction,
  { deps, viewer }: ViewerContext,
  ids: readonly string[],
  contactRecordId: string | null,
): Promise<string[]> {
  if (ids.length === 0) return [];
  const finished = await tx.followUp.updateManyAndReturn({
    where: { id: { in: [...ids] }, state: 'open' },
    data: { state: 'done', contactRecordId, finishedAt: deps.now(), finishedById: viewer.id },
    select: { id: true },
  });
  return finished.map(({ id }) => id);
}
