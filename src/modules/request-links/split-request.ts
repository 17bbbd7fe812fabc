import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { registerUndoable } from '../../core/undo/undo.js';
import type { SplitEntry } from './split-entry.queries.js';

/**
 * Notes, in the unit of work that opens a request, what it was split from; the action takes the request away again. The
 * words stay where they are.
 */
export async function noteSplit(
  tx: Transaction,
  { deps, viewer }: ViewerContext,
  entry: SplitEntry,
  opened: { readonly id: string; readonly actionId: string },
): Promise<void> {
  const summary = { requestNo: entry.request_no };
  const action = { id: opened.actionId, kind: 'serviceRequests.split', summary, actorId: viewer.id };
  await registerUndoable(tx, action, deps.now());
  await tx.requestRelation.create({
    data: { id: newId(), fromId: opened.id, toId: entry.request_id, kind: 'splitFrom' },
    select: { id: true },
  });
}
