import { addTask, wakeTask } from '../../core/background-tasks.js';
import type { ViewerContext } from '../../core/context.js';
import { InvalidInput } from '../../core/errors.js';
import { registerUndoable } from '../../core/undo/undo.js';
import { isUniqueViolation, unitOfWork } from '../../core/unit-of-work.js';
import { actionNamed, requireAction } from './bulk-actions.js';
import type { BulkChange } from './bulk-changes.schemas.js';
import { bulkTaskKind, sealWords } from './bulk-payload.js';
import { readReasonField } from './bulk-preview.queries.js';
import type { BulkSubject } from './bulk-subject.js';
import { readValue } from './bulk-value.js';

/**
 * Starts a change of many records in the background. Sent twice, the same form (same id) runs once.
 * @throws Forbidden without the permission, InvalidInput for a value that cannot be, a filter that the list refuses, or
 * without a reason where one is needed.
 */
export async function startBulkChange(
  context: ViewerContext,
  subject: BulkSubject,
  form: BulkChange,
): Promise<void> {
  const { id, filter, expected, seenAt } = form;
  const { viewer, deps } = context;
  const action = actionNamed(subject, form.action);
  requireAction(viewer, action);
  subject.conditions(context, filter);
  const { value, label } = readValue(await action.field?.(context), form.value);
  const reasonField = await readReasonField(context, subject, action, { filter, value });
  if (reasonField?.required === true && form.reason === null) {
    throw InvalidInput.field('reason', 'serviceRequests.missing.reason');
  }
  const payload = {
    actionId: id,
    subject: subject.name,
    action: action.name,
    value,
    label,
    filterEncrypted: sealWords(deps.cipher, id, filter),
    ...(form.reason !== null && { reasonEncrypted: sealWords(deps.cipher, id, form.reason) }),
    expected,
    seenAt: seenAt.toISOString(),
  };
  const undoable = { id, kind: action.undoKind, summary: { count: 0, label }, actorId: viewer.id };
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
