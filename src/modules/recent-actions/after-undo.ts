import type { Context } from '../../core/context.js';
import { recountAfterUndo } from '../request-links/merge-requests.service.js';
import { refreshAfterUndo } from '../segments/segments.service.js';
import { calculateTiersAfterUndo } from '../tiers/tier-calculation.service.js';

/**
 * What is derived follows the rows that an undo brought back: tiers their purchases, segments their days, deadlines
 * their requests.
 */
export async function afterUndo(
  context: Pick<Context, 'deps' | 'actor'>,
  actionId: string,
  actionKind: string,
): Promise<void> {
  await calculateTiersAfterUndo(context, actionId);
  await refreshAfterUndo(context, actionKind);
  await recountAfterUndo(context, actionId, actionKind);
}
