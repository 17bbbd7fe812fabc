import type { Context } from '../../core/context.js';
import { refreshAfterUndo } from '../segments/segments.service.js';
import { calculateTiersAfterUndo } from '../tiers/tier-calculation.service.js';

/** What is derived follows the rows that an undo brought back: tiers their purchases, segments their days. */
export async function afterUndo(
  context: Pick<Context, 'deps' | 'actor'>,
  actionId: string,
  actionKind: string,
): Promise<void> {
  await calculateTiersAfterUndo(context, actionId);
  await refreshAfterUndo(context, actionKind);
}
