import type { ViewerContext } from '../../../core/context.js';
import type { Transaction } from '../../../core/database.js';
import { recordEvent } from '../../../core/events.js';
import { unitOfWork, type AuditAction } from '../../../core/unit-of-work.js';

/** Changes a user and ends all their sign-ins in the same transaction: neither happens without the other. */
export async function endSignInsWith(
  context: ViewerContext,
  userId: string,
  action: AuditAction,
  change: (tx: Transaction) => Promise<void>,
): Promise<void> {
  const count = await unitOfWork(context, action, async (tx) => {
    await change(tx);
    const ended = await tx.loginSession.updateMany({
      where: { userId, endedAt: null },
      data: { endedAt: context.deps.now() },
    });
    return ended.count;
  });
  if (count > 0) {
    await recordEvent(context, {
      action: 'sign-in.ended',
      tableName: 'users',
      recordId: userId,
      details: { count },
    });
  }
}
