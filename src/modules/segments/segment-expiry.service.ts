import type { Dependencies } from '../../core/context.js';
import { undoDays } from '../../core/undo/undo.js';
import { unitOfWork } from '../../core/unit-of-work.js';

const dayMillis = 86_400_000;
/** The members of a segment go with it. */
const timeoutMillis = 2 * 60_000;

/** Removes the segments whose deletion cannot be undone any more. */
export async function expireSegments(deps: Dependencies): Promise<void> {
  const deletedAt = { lt: new Date(deps.now().getTime() - undoDays * dayMillis) };
  const expired = await deps.database.models.segment.findMany({ where: { deletedAt }, select: { id: true } });
  for (const { id } of expired) {
    await unitOfWork(
      { deps, actor: { id: null, name: 'system' } },
      'segments.expired',
      async (tx) => {
        await tx.$executeRaw`SELECT set_config('statement_timeout', '0', true)`;
        await tx.segment.deleteMany({ where: { id, deletedAt } });
      },
      { timeoutMillis },
    );
  }
}
