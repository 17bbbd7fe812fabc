import { findCustomer } from '../customers/customers.queries.js';
import { findEditableCustomer } from '../customers/editable-customer.js';
import { showCustomer } from '../customers/show-customer.js';
import type { FilesOwner } from './files-owner.js';

/** Files on the record of a customer. */
export const customerFiles: FilesOwner = {
  path: '/customers',
  readPermission: 'customers:read',
  changePermission: 'customers:edit',
  addedKey: 'attachments.added',
  find: async (context, id) => {
    const { attachments, customer_no: customerNo } = await findCustomer(context, id);
    return { attachments, details: { customerNo } };
  },
  findChangeable: async (context, id) => {
    const { attachments, name, customer_no: customerNo } = await findEditableCustomer(context, id);
    return { attachments, place: { customerId: id }, customer: { name, customerNo } };
  },
  showRefused: (context, id, attachment) => showCustomer(context, id, { refused: { attachment } }),
};
