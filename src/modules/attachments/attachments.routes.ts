import { redirect } from '../../core/reply.js';
import { route, type Route } from '../../core/route.js';
import { EmptyForm } from '../customers/customers.schemas.js';
import { RequestParams } from '../service-requests/service-requests.schemas.js';
import { AttachmentForm, AttachmentParams } from './attachments.schemas.js';
import { addAttachments, deleteAttachment, openAttachment } from './attachments.service.js';
import { customerFiles } from './customer-files.js';
import { filesUpload } from './files-of-form.js';
import type { FilesOwner } from './files-owner.js';
import { requestFiles } from './request-files.js';

const filesRoutes = (owner: FilesOwner): readonly Route[] => [
  route.post(`${owner.path}/:id/attachments`, {
    permission: owner.changePermission,
    params: RequestParams,
    body: AttachmentForm,
    upload: filesUpload,
    invalid: (context, { params, values, problems }) =>
      owner.showRefused(context, params.id, { values, problems }),
    handler: async (context, { params, body, files }) => {
      const [name = '', ...more] = await addAttachments(context, owner, params.id, body.id, files);
      return redirect(`${owner.path}/${params.id}`, {
        kind: 'success',
        key: owner.addedKey,
        params: { name, count: more.length + 1 },
      });
    },
  }),
  route.get(`${owner.path}/:id/attachments/:attachmentId`, {
    permission: owner.readPermission,
    params: AttachmentParams,
    handler: (context, { params }) => openAttachment(context, owner, params.id, params.attachmentId),
  }),
  route.post(`${owner.path}/:id/attachments/:attachmentId/deletion`, {
    permission: owner.changePermission,
    params: AttachmentParams,
    body: EmptyForm,
    handler: async (context, { params }) => {
      const actionId = await deleteAttachment(context, owner, params.id, params.attachmentId);
      return redirect(`${owner.path}/${params.id}`, {
        kind: 'success',
        key: 'attachments.deleted',
        undo: `/recent-actions/${actionId}/undo`,
      });
    },
  }),
];

export const attachmentRoutes = [...filesRoutes(customerFiles), ...filesRoutes(requestFiles)];
