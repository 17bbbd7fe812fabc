import type { ViewerContext } from '../../core/context.js';
import type { Reply } from '../../core/reply.js';
import type { UploadedFile } from '../../core/route.js';
import { findCustomer } from '../customers/customers.queries.js';
import { findEditableCustomer } from '../customers/editable-customer.js';
import { attachmentOf, hideAttachment, sendAttachment, storeAttachment } from './stored-attachments.js';

/**
 * Keeps a file with a customer; returns its name.
 * @throws NotFound, Forbidden outside the scope of editing, InvalidInput as `storeAttachment`
 */
export async function addAttachment(
  context: ViewerContext,
  customerId: string,
  id: string,
  file: UploadedFile | undefined,
): Promise<string> {
  await findEditableCustomer(context, customerId);
  return storeAttachment(context, { customerId }, id, file);
}

/** A file of a customer, to download. @throws NotFound */
export async function openAttachment(context: ViewerContext, customerId: string, id: string): Promise<Reply> {
  const customer = await findCustomer(context, customerId);
  return sendAttachment(context, attachmentOf(customer, id), { customerNo: customer.customer_no });
}

/**
 * Takes a file of a customer out of sight; the returned action brings it back.
 * @throws NotFound, Forbidden outside the scope of editing
 */
export async function deleteAttachment(
  context: ViewerContext,
  customerId: string,
  id: string,
): Promise<string> {
  const customer = await findEditableCustomer(context, customerId);
  const { name, customer_no: customerNo } = customer;
  return hideAttachment(context, attachmentOf(customer, id).id, { name, customerNo });
}
