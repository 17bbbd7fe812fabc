import { v7 as newId } from 'uuid';
import { EditedMeanwhile } from '../../core/conflict.js';
import type { ViewerContext } from '../../core/context.js';
import { Conflict, Forbidden, InvalidInput, NotFound } from '../../core/errors.js';
import type { UploadedFile } from '../../core/route.js';
import { registerUndoable } from '../../core/undo/undo.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { can } from '../../core/viewer.js';
import { requireWorker } from '../assignment/require-worker.js';
import { acceptFiles, keepFiles } from '../attachments/files-of-form.js';
import { keepingTimeoutMillis } from '../attachments/keep-attachment.js';
import { NewCustomerForm } from '../customers/customers.schemas.js';
import { createCustomer } from '../customers/customers.service.js';
import { findSimilarCustomers } from '../customers/similar-customers.queries.js';
import { findSplitEntry } from '../request-links/split-entry.queries.js';
import { noteSplit } from '../request-links/split-request.js';
import { findChosenCustomer } from './customer-picker.queries.js';
import { openRequest } from './open-request.js';
import { checkRequestParts } from './request-parts.js';
import { findRequest } from './service-requests.queries.js';
import type { ComplaintForm, NewRequest, RequestChange } from './service-requests.schemas.js';
import { settleRequest } from './settle-request.js';

/**
 * Takes in a request, with files, for a customer who is chosen or new. Sent twice, the same form (same id) opens once.
 * @returns the action that takes it back where it was split from another request
 * @throws InvalidInput without a customer, or when something it refers to is not there, NotFound when the words that it is
 * split from are not
 */
export async function createRequest(
  context: ViewerContext,
  form: NewRequest,
  uploads: readonly UploadedFile[],
): Promise<string | undefined> {
  const { assigneeId } = form;
  if (
    assigneeId !== null &&
    assigneeId !== context.viewer.id &&
    !can(context.viewer, 'service-requests:assign')
  )
    throw new Forbidden('service-requests:assign');
  const entry = form.splitFrom === null ? undefined : await findSplitEntry(context, form.splitFrom);
  const files = await acceptFiles(uploads);
  const customerId = await customerOf(context, form);
  const actionId = newId();
  const isSplit = await unitOfWork(
    context,
    'service-requests.opened',
    async (tx) => {
      if (assigneeId !== null) await requireWorker(tx, assigneeId);
      const isNew = await openRequest(tx, context, { ...form, customerId });
      if (!isNew) return false;
      await keepFiles(tx, context, { customerId, requestId: form.id }, files);
      if (!entry) return false;
      await noteSplit(tx, context, entry, { id: form.id, actionId });
      return true;
    },
    { timeoutMillis: keepingTimeoutMillis, ...(entry ? { undoableActionId: actionId } : {}) },
  );
  return isSplit ? actionId : undefined;
}

/** The chosen customer, or a new one by name and phone. @throws InvalidInput, Forbidden, NotFound outside the scope */
async function customerOf(context: ViewerContext, form: NewRequest): Promise<string> {
  if (form.customerId !== null) {
    const chosen = await findChosenCustomer(context, form.customerId);
    if (!chosen) throw new NotFound('no such customer in scope');
    return chosen.id;
  }
  const { newCustomerId: id, newCustomerName: name, newCustomerPhone: phone } = form;
  if (name === null || id === null)
    throw InvalidInput.field('customerQuery', 'serviceRequests.customerMissing');
  if (!can(context.viewer, 'customers:create')) throw new Forbidden('customers:create');
  if (phone !== null) {
    const typed = { name, phone, email: null, birthDate: null };
    const similar = await findSimilarCustomers(context, typed, id);
    if (similar.some(({ similarities }) => similarities.includes('phone')))
      throw InvalidInput.field('newCustomerPhone', 'serviceRequests.phoneKnown');
  }
  const { createAnyway: _, ...customer } = NewCustomerForm.parse({ id, name, phone: phone ?? '' });
  return createCustomer(context, customer);
}

/**
 * Changes what a request is about.
 * @throws NotFound, Forbidden, EditedMeanwhile, InvalidInput when something it refers to is not there
 */
export async function changeRequest(context: ViewerContext, id: string, form: RequestChange): Promise<void> {
  const request = await findRequest(context, id);
  if (!request.can_work) throw new Forbidden('service-requests:work');
  const { version, ...fields } = form;
  await unitOfWork(context, 'service-requests.changed', async (tx) => {
    const customerId = request.customer?.id ?? null;
    await checkRequestParts(tx, { typeId: fields.typeId, customerId }, fields);
    const { count } = await tx.serviceRequest.updateMany({
      where: { id, version, deletedAt: null },
      data: fields,
    });
    if (count === 0) throw new EditedMeanwhile();
    const type = await tx.requestType.findUniqueOrThrow({
      where: { id: fields.typeId },
      select: { behaviour: true },
    });
    if (type.behaviour === 'complaint') await tx.complaint.createMany({ data: { id }, skipDuplicates: true });
    await settleRequest(tx, context, id);
  });
}

/**
 * Changes what a complaint has besides any request.
 * @throws NotFound, Forbidden, EditedMeanwhile, Conflict when it is no complaint, InvalidInput
 */
export async function changeComplaint(
  context: ViewerContext,
  id: string,
  form: ComplaintForm,
): Promise<void> {
  const request = await findRequest(context, id);
  if (!request.can_work) throw new Forbidden('service-requests:work');
  if (!request.complaint) throw new Conflict('serviceRequests.noComplaint');
  const { version, ...fields } = form;
  await unitOfWork(context, 'service-requests.complaint-changed', async (tx) => {
    if (fields.causeId !== null && (await tx.complaintCause.count({ where: { id: fields.causeId } })) === 0)
      throw InvalidInput.field('causeId', 'errors.notAChoice');
    if (fields.responsibleId !== null && (await tx.user.count({ where: { id: fields.responsibleId } })) === 0)
      throw InvalidInput.field('responsibleId', 'errors.notAChoice');
    const { count } = await tx.complaint.updateMany({ where: { id, version }, data: fields });
    if (count === 0) throw new EditedMeanwhile();
  });
}

/** Deletes a request; the returned action takes that back. @throws NotFound, Forbidden, EditedMeanwhile */
export async function deleteRequest(
  context: ViewerContext,
  id: string,
  version: number,
): Promise<{ readonly actionId: string; readonly number: string }> {
  const request = await findRequest(context, id);
  if (!request.can_delete) throw new Forbidden('service-requests:delete');
  const actionId = newId();
  const now = context.deps.now();
  await unitOfWork(
    context,
    'service-requests.deleted',
    async (tx) => {
      const summary = { requestNo: request.request_no, subject: request.subject };
      const action = { id: actionId, kind: 'serviceRequests.deleted', summary, actorId: context.viewer.id };
      await registerUndoable(tx, action, now);
      const { count } = await tx.serviceRequest.updateMany({
        where: { id, version, deletedAt: null },
        data: { deletedAt: now, deletedById: context.viewer.id },
      });
      if (count === 0) throw new EditedMeanwhile();
    },
    { undoableActionId: actionId },
  );
  return { actionId, number: request.request_no };
}
