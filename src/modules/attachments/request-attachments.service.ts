import type { ViewerContext } from '../../core/context.js';
import { Conflict, Forbidden } from '../../core/errors.js';
import type { Reply } from '../../core/reply.js';
import type { UploadedFile } from '../../core/route.js';
import { findRequest } from '../service-requests/service-requests.queries.js';
import { attachmentOf, hideAttachment, sendAttachment, storeAttachment } from './stored-attachments.js';

/**
 * Keeps a file with a request and its customer; returns its name.
 * @throws NotFound, Forbidden outside the scope of working, Conflict without a customer, InvalidInput as `storeAttachment`
 */
export async function addRequestAttachment(
  context: ViewerContext,
  requestId: string,
  id: string,
  file: UploadedFile | undefined,
): Promise<string> {
  const { customer } = await findWorkable(context, requestId);
  return storeAttachment(context, { customerId: customer.id, requestId }, id, file);
}

/** A file of a request, to download for whoever may read the request. @throws NotFound */
export async function openRequestAttachment(
  context: ViewerContext,
  requestId: string,
  id: string,
): Promise<Reply> {
  const request = await findRequest(context, requestId);
  return sendAttachment(context, attachmentOf(request, id), { requestNo: request.request_no });
}

/**
 * Takes a file of a request out of sight, also with the customer; the returned action brings it back.
 * @throws NotFound, Forbidden outside the scope of working
 */
export async function deleteRequestAttachment(
  context: ViewerContext,
  requestId: string,
  id: string,
): Promise<string> {
  const { request, customer } = await findWorkable(context, requestId);
  return hideAttachment(context, attachmentOf(request, id).id, customer);
}

/** Files are kept with customers, so a request that has none, an imported one, can have no files. */
async function findWorkable(context: ViewerContext, requestId: string) {
  const request = await findRequest(context, requestId);
  if (!request.can_work) throw new Forbidden('service-requests:work');
  if (!request.customer) throw new Conflict('attachments.noCustomer');
  return { request, customer: request.customer };
}
