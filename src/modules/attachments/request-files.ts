import { Conflict, Forbidden } from '../../core/errors.js';
import { findRequest } from '../service-requests/service-requests.queries.js';
import { showRequest } from '../service-requests/show-request.js';
import type { FilesOwner } from './files-owner.js';

/** Files on the record of a request. They are kept with its customer, so one that has none, an imported one, has no files. */
export const requestFiles: FilesOwner = {
  path: '/service-requests',
  readPermission: 'service-requests:read',
  changePermission: 'service-requests:work',
  addedKey: 'attachments.addedToRequest',
  find: async (context, id) => {
    const { attachments, request_no: requestNo } = await findRequest(context, id);
    return { attachments, details: { requestNo } };
  },
  findChangeable: async (context, id) => {
    const { attachments, customer, can_work: canWork } = await findRequest(context, id);
    if (!canWork) throw new Forbidden('service-requests:work');
    if (!customer) throw new Conflict('attachments.noCustomer');
    return { attachments, place: { customerId: customer.id, requestId: id }, customer };
  },
  showRefused: (context, id, refusedFile) => showRequest(context, id, { refusedFile }),
};
