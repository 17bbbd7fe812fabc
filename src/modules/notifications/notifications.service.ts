import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { NotFound } from '../../core/errors.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import type { NotificationKind } from './notification-kinds.js';

export interface NewNotification {
  readonly userId: string;
  readonly kind: NotificationKind;
  /**
   * For the sentence. A customer is named by `customerId` alone: the name is read when the page is shown, so that it
   * shows to those who may see it then, and goes when the person is erased.
   */
  readonly params: Readonly<Record<string, string | number>>;
  /** The page that it leads to. */
  readonly href: string;
}

/** Puts a line behind a user's bell, within a unit of work. */
export async function addNotification(tx: Transaction, notification: NewNotification): Promise<void> {
  await tx.notification.create({ data: { id: newId(), ...notification } });
}

/**
 * Puts a line there that is known by its id already, as read; false when the id was used before. What may happen only
 * once goes into the same unit of work.
 */
export async function addNotificationOnce(
  tx: Transaction,
  id: string,
  notification: NewNotification,
  now: Date,
): Promise<boolean> {
  const { count } = await tx.notification.createMany({
    data: [{ id, ...notification, readAt: now }],
    skipDuplicates: true,
  });
  return count === 1;
}

/**
 * Marks a notification of the viewer as read; returns the page that it leads to.
 * @throws NotFound
 */
export async function readNotification(context: ViewerContext, id: string): Promise<string> {
  const { deps, viewer } = context;
  return unitOfWork(context, 'notifications.read', async (tx) => {
    const notification = await tx.notification.findFirst({
      where: { id, userId: viewer.id },
      select: { href: true },
    });
    if (!notification) throw new NotFound('no such notification of the viewer');
    await tx.notification.updateMany({ where: { id, readAt: null }, data: { readAt: deps.now() } });
    return notification.href;
  });
}

/** Marks all notifications of the viewer as read; returns how many were not. */
export async function readAllNotifications(context: ViewerContext): Promise<number> {
  const { deps, viewer } = context;
  return unitOfWork(context, 'notifications.read', async (tx) => {
    const { count } = await tx.notification.updateMany({
      where: { userId: viewer.id, readAt: null },
      data: { readAt: deps.now() },
    });
    return count;
  });
}
