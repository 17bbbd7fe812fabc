import { redirect } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { EmptyForm } from '../customers/customers.schemas.js';
import { RequestParams } from '../service-requests/service-requests.schemas.js';
import { showRequest } from '../service-requests/show-request.js';
import { attachmentLimits } from './attachment.js';
import { AttachmentForm, AttachmentParams } from './attachments.schemas.js';
import {
  addRequestAttachment,
  deleteRequestAttachment,
  openRequestAttachment,
} from './request-attachments.service.js';

export const requestAttachmentRoutes = [
  route.post('/service-requests/:id/attachments', {
    permission: 'service-requests:work',
    params: RequestParams,
    body: AttachmentForm,
    upload: { field: 'file', maximumBytes: attachmentLimits.bytes },
    invalid: (context, { params, values, problems }) =>
      showRequest(context, params.id, { refusedFile: { values, problems } }),
    handler: async (context, { params, body, file }) => {
      const name = await addRequestAttachment(context, params.id, body.id, file);
      return redirect(`/service-requests/${params.id}`, {
        kind: 'success',
        key: 'attachments.addedToRequest',
        params: { name },
      });
    },
  }),
  route.get('/service-requests/:id/attachments/:attachmentId', {
    permission: 'service-requests:read',
    params: AttachmentParams,
    handler: (context, { params }) => openRequestAttachment(context, params.id, params.attachmentId),
  }),
  route.post('/service-requests/:id/attachments/:attachmentId/deletion', {
    permission: 'service-requests:work',
    params: AttachmentParams,
    body: EmptyForm,
    handler: async (context, { params }) => {
      const actionId = await deleteRequestAttachment(context, params.id, params.attachmentId);
      return redirect(`/service-requests/${params.id}`, {
        kind: 'success',
        key: 'attachments.deleted',
        undo: `/recent-actions/${actionId}/undo`,
      });
    },
  }),
];
