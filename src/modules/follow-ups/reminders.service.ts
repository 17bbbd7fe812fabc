import type { ViewerContext } from '../../core/context.js';
import { isUniqueViolation, unitOfWork } from '../../core/unit-of-work.js';
import { calendarTokenHash, newCalendarToken } from './calendar-token.js';

/** Switches the viewer's morning e-mail on or off. */
export async function chooseDigest(context: ViewerContext, wantsDigest: boolean): Promise<void> {
  await unitOfWork(context, 'users.digest-chosen', (tx) =>
    tx.user.update({ where: { id: context.viewer.id }, data: { wantsDigest } }),
  );
}

/**
 * Opens a calendar feed for the viewer and closes the one before. Returns its token, which is stored nowhere; undefined
 * when the form (the same id) was sent before.
 */
export async function openCalendarFeed(context: ViewerContext, id: string): Promise<string | undefined> {
  const { deps, viewer } = context;
  const token = newCalendarToken();
  try {
    await unitOfWork(context, 'calendar-feeds.opened', async (tx) => {
      await tx.calendarFeed.updateMany({
        where: { userId: viewer.id, revokedAt: null },
        data: { revokedAt: deps.now() },
      });
      await tx.calendarFeed.create({ data: { id, userId: viewer.id, tokenHash: calendarTokenHash(token) } });
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return undefined;
  }
  return token;
}

/** Closes the viewer's calendar feed: its address stops working at once. */
export async function revokeCalendarFeed(context: ViewerContext): Promise<void> {
  const { deps, viewer } = context;
  await unitOfWork(context, 'calendar-feeds.revoked', (tx) =>
    tx.calendarFeed.updateMany({
      where: { userId: viewer.id, revokedAt: null },
      data: { revokedAt: deps.now() },
    }),
  );
}
