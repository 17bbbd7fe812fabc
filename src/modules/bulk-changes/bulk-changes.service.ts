import { addTask, wakeTask } from '../../core/background-tasks.js';
import type { ViewerContext } from '../../core/context.js';
import { Forbidden } from '../../core/errors.js';
import { registerUndoable } from '../../core/undo/undo.js';
import { isUniqueViolation, unitOfWork } from '../../core/unit-of-work.js';
import { can } from '../../core/viewer.js';
import { bulkPermission, undoKinds } from './bulk-actions.js';
import { readBulkChoices } from './bulk-changes.queries.js';
import type { BulkChange } from './bulk-changes.schemas.js';
import { bulkTaskKind, sealFilter } from './bulk-payload.js';
import { readValue, valueField } from './bulk-values.js';
import { selectionQuery } from './selection.js';

/**
 * Starts a change of many customers in the background. Sent twice, the same form (same id) runs once.
 * @throws Forbidden without the permission, InvalidInput for a value that cannot be or a filter that the list refuses.
 */
export async function startBulkChange(context: ViewerContext, form: BulkChange): Promise<void> {
  const { id, action, filter, expected, seenAt } = form;
  const { viewer, deps } = context;
  const permission = bulkPermission(action);
  if (!can(viewer, permission)) throw new Forbidden(permission);
  selectionQuery(filter);
  const { value, label } = readValue(
    valueField(context, action, await readBulkChoices(context, action)),
    form.value,
  );
  const payload = {
    actionId: id,
    action,
    value,
    label,
    filterEncrypted: sealFilter(deps.cipher, id, filter),
    expected,
    seenAt: seenAt.toISOString(),
  };
  const undoable = { id, kind: undoKinds[action], summary: { count: 0, label }, actorId: viewer.id };
  try {
    const taskId = await unitOfWork(context, 'bulk-changes.started', async (tx) => {
      await registerUndoable(tx, undoable, deps.now());
      return addTask(tx, { kind: bulkTaskKind, payload, createdById: viewer.id, total: expected });
    });
    await wakeTask(deps, taskId);
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
  }
}
