import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { Conflict, InvalidInput, NotFound } from '../../core/errors.js';
import { registerUndoable } from '../../core/undo/undo.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { addNotification } from '../notifications/notifications.service.js';
import { mostCollaborators } from './collaborator.js';
import type { CustomerRecord } from './customers.queries.js';
import { findEditableCustomer } from './editable-customer.js';

/** Who was added or removed, and the action that takes it back; none when nothing had to be done. */
export interface CollaboratorChange {
  readonly person: string;
  readonly actionId: string | undefined;
}

/**
 * Lets somebody work on a customer as if it were their own, and tells them.
 * @throws NotFound, Forbidden outside the scope of editing, InvalidInput when there is no such active user, they own the
 * customer, or there are as many as there can be, Conflict when somebody else changes the collaborators at the same time.
 */
export async function addCollaborator(
  context: ViewerContext,
  customerId: string,
  userId: string,
): Promise<CollaboratorChange> {
  const { actor, viewer } = context;
  const customer = await findEditableCustomer(context, customerId);
  const known = customer.collaborators.find(({ id }) => id === userId);
  if (known) return { person: known.name, actionId: undefined };
  if (userId === customer.owner_id) throw InvalidInput.field('collaborator', 'collaborators.isOwner');
  if (customer.collaborators.length >= mostCollaborators)
    throw InvalidInput.field('collaborator', 'collaborators.tooMany', { count: mostCollaborators });
  return change(context, customer, 'customers.collaborator-added', async (tx) => {
    const user = await tx.user.findFirst({ where: { id: userId, disabledAt: null }, select: { name: true } });
    if (!user) throw InvalidInput.field('collaborator', 'errors.notAChoice');
    const changed = await tx.$executeRaw`
      UPDATE customers SET collaborator_ids = array_append(collaborator_ids, ${userId}::uuid)
      WHERE id = ${customerId}::uuid AND deleted_at IS NULL AND NOT collaborator_ids @> ARRAY[${userId}::uuid]
        AND cardinality(collaborator_ids) < ${mostCollaborators}`;
    if (changed === 0) throw new Conflict('errors.changedMeanwhile');
    const href = `/customers/${customerId}`;
    const params = { actor: actor.name, customerId };
    if (userId !== viewer.id) await addNotification(tx, { userId, kind: 'collaboratorAdded', params, href });
    return user.name;
  });
}

/**
 * Ends somebody's work on a customer.
 * @throws NotFound when they do not work on it, Forbidden outside the scope of editing
 */
export async function removeCollaborator(
  context: ViewerContext,
  customerId: string,
  userId: string,
): Promise<CollaboratorChange> {
  const customer = await findEditableCustomer(context, customerId);
  const person = customer.collaborators.find(({ id }) => id === userId);
  if (!person) throw new NotFound('no such collaborator');
  return change(context, customer, 'customers.collaborator-removed', async (tx) => {
    await tx.$executeRaw`
      UPDATE customers SET collaborator_ids = array_remove(collaborator_ids, ${userId}::uuid)
      WHERE id = ${customerId}::uuid AND collaborator_ids @> ARRAY[${userId}::uuid]`;
    return person.name;
  });
}

async function change(
  context: ViewerContext,
  customer: CustomerRecord,
  kind: 'customers.collaborator-added' | 'customers.collaborator-removed',
  work: (tx: Transaction) => Promise<string>,
): Promise<CollaboratorChange> {
  const actionId = newId();
  const person = await unitOfWork(
    context,
    kind,
    async (tx) => {
      const person = await work(tx);
      const summary = { person, name: customer.name, customerNo: customer.customer_no };
      const action = { id: actionId, kind, summary, actorId: context.viewer.id };
      await registerUndoable(tx, action, context.deps.now());
      return person;
    },
    { undoableActionId: actionId },
  );
  return { person, actionId };
}
