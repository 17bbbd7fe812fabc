import { redirect } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { CustomerParams, EmptyForm } from '../customers/customers.schemas.js';
import { showCustomer } from '../customers/show-customer.js';
import { attachmentLimits } from './attachment.js';
import { AttachmentForm, AttachmentParams } from './attachments.schemas.js';
import { addAttachment, deleteAttachment, openAttachment } from './attachments.service.js';

export const attachmentRoutes = [
  route.post('/customers/:id/attachments', {
    permission: 'customers:edit',
    params: CustomerParams,
    body: AttachmentForm,
    upload: { field: 'file', maximumBytes: attachmentLimits.bytes },
    invalid: (context, { params, values, problems }) =>
      showCustomer(context, params.id, { refused: { attachment: { values, problems } } }),
    handler: async (context, { params, body, file }) => {
      const name = await addAttachment(context, params.id, body.id, file);
      return redirect(`/customers/${params.id}`, {
        kind: 'success',
        key: 'attachments.added',
        params: { name },
      });
    },
  }),
  route.get('/customers/:id/attachments/:attachmentId', {
    permission: 'customers:read',
    params: AttachmentParams,
    handler: (context, { params }) => openAttachment(context, params.id, params.attachmentId),
  }),
  route.post('/customers/:id/attachments/:attachmentId/deletion', {
    permission: 'customers:edit',
    params: AttachmentParams,
    body: EmptyForm,
    handler: async (context, { params }) => {
      const actionId = await deleteAttachment(context, params.id, params.attachmentId);
      return redirect(`/customers/${params.id}`, {
        kind: 'success',
        key: 'attachments.deleted',
        undo: `/recent-actions/${actionId}/undo`,
      });
    },
  }),
];
