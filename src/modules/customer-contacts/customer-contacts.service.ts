import { v7 as newId } from 'uuid';
import { EditedMeanwhile } from '../../core/conflict.js';
import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { Forbidden, InvalidInput } from '../../core/errors.js';
import { registerUndoable } from '../../core/undo/undo.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { findEditableCustomer } from '../customers/editable-customer.js';
import { customerContactLimits } from './customer-contact.js';
import { findCustomerContact, type CustomerContactRecord } from './customer-contacts.queries.js';
import type { CustomerContactChange, NewCustomerContact } from './customer-contacts.schemas.js';
import { sealEmail, sealPhone } from './sealed-reach.js';

/**
 * Adds a contact. Sent twice, the same form (same id) adds once.
 * @throws NotFound, Forbidden outside the scope of editing, InvalidInput when there are too many.
 */
export async function addCustomerContact(
  context: ViewerContext,
  customerId: string,
  form: NewCustomerContact,
): Promise<void> {
  await findEditableCustomer(context, customerId);
  const { id, phone, email, ...fields } = form;
  const { cipher } = context.deps;
  const sealed = { ...sealPhone(cipher, id, phone), ...sealEmail(cipher, id, email) };
  await unitOfWork(context, 'customer-contacts.created', async (tx) => {
    if (fields.isPrimary) await demoteOthers(tx, customerId, id);
    const data = { id, customerId, ...fields, ...sealed };
    const { count } = await tx.customerContact.createMany({ data, skipDuplicates: true });
    const isTooMany =
      count === 1 &&
      (await tx.customerContact.count({ where: { customerId } })) > customerContactLimits.contacts;
    if (isTooMany) {
      throw InvalidInput.field('name', 'customerContacts.tooMany', {
        maximum: customerContactLimits.contacts,
      });
    }
  });
}

/**
 * Changes a contact; phone and e-mail stay where the form leaves them empty without naming them as to be removed.
 * @throws NotFound, Forbidden, EditedMeanwhile
 */
export async function changeCustomerContact(
  context: ViewerContext,
  id: string,
  form: CustomerContactChange,
): Promise<CustomerContactRecord> {
  const contact = await findEditable(context, id);
  const { version, clearReach, phone, email, ...fields } = form;
  const { cipher } = context.deps;
  const changed = {
    ...((phone !== null || clearReach.includes('phone')) && sealPhone(cipher, id, phone)),
    ...((email !== null || clearReach.includes('email')) && sealEmail(cipher, id, email)),
  };
  await unitOfWork(context, 'customer-contacts.changed', async (tx) => {
    if (fields.isPrimary) await demoteOthers(tx, contact.customer_id, id);
    const { count } = await tx.customerContact.updateMany({
      where: { id, version },
      data: { ...fields, ...changed },
    });
    if (count === 0) throw new EditedMeanwhile();
  });
  return contact;
}

/**
 * Deletes a contact; the returned action takes it back.
 * @throws NotFound, Forbidden, EditedMeanwhile
 */
export async function deleteCustomerContact(
  context: ViewerContext,
  id: string,
  version: number,
): Promise<{ readonly actionId: string; readonly contact: CustomerContactRecord }> {
  const contact = await findEditable(context, id);
  const actionId = newId();
  const summary = { name: contact.name, customerNo: contact.customer_no };
  const action = { id: actionId, kind: 'customerContacts.deleted', summary, actorId: context.viewer.id };
  await unitOfWork(
    context,
    'customer-contacts.deleted',
    async (tx) => {
      await registerUndoable(tx, action, context.deps.now());
      const { count } = await tx.customerContact.deleteMany({ where: { id, version } });
      if (count === 0) throw new EditedMeanwhile();
    },
    { undoableActionId: actionId },
  );
  return { actionId, contact };
}

/** @throws NotFound, Forbidden outside the scope of editing. */
export async function findEditable(context: ViewerContext, id: string): Promise<CustomerContactRecord> {
  const contact = await findCustomerContact(context, id);
  if (!contact.can_edit) throw new Forbidden('customers:edit');
  return contact;
}

/** One contact of a customer is to be called first. */
async function demoteOthers(tx: Transaction, customerId: string, exceptId: string): Promise<void> {
  await tx.customerContact.updateMany({
    where: { customerId, isPrimary: true, id: { not: exceptId } },
    data: { isPrimary: false },
  });
}
