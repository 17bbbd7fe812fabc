import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import { NotFound } from '../../core/errors.js';
import { recordEvent } from '../../core/events.js';
import { download, type Reply } from '../../core/reply.js';
import type { UploadedFile } from '../../core/route.js';
import { registerUndoable } from '../../core/undo/undo.js';
import { isUniqueViolation, unitOfWork } from '../../core/unit-of-work.js';
import { attachmentFiles, contentPlace, openFileName, type Attachment } from './attachment.js';
import {
  acceptUpload,
  keepAttachment,
  keepingTimeoutMillis,
  requireRoom,
  type AttachmentPlace,
} from './keep-attachment.js';

/**
 * Keeps one file; sent twice, the same form (same id) keeps one. Who may was asked before. Returns the file's name.
 * @throws InvalidInput when there is no file, it is of a kind that is not kept, or the customer has as many as there can be
 */
export async function storeAttachment(
  context: ViewerContext,
  place: AttachmentPlace,
  id: string,
  upload: UploadedFile | undefined,
): Promise<string> {
  const file = await acceptUpload(upload, 'file');
  try {
    await unitOfWork(
      context,
      'attachments.uploaded',
      async (tx) => {
        await requireRoom(tx, place.customerId, 1, 'file');
        await keepAttachment(tx, context, place, id, file);
      },
      { timeoutMillis: keepingTimeoutMillis },
    );
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
  }
  return file.name;
}

/** An attachment in clear, to download; that somebody fetched it, and where from, is written down first. */
export async function sendAttachment(
  context: ViewerContext,
  { id, file_name_encrypted: sealedName, media_type: mediaType }: Attachment,
  details: Readonly<Record<string, string>>,
): Promise<Reply> {
  const { config, cipher } = context.deps;
  await recordEvent(context, {
    action: 'attachments.downloaded',
    tableName: 'attachments',
    recordId: id,
    details,
  });
  const sealed = await attachmentFiles(config).read(id);
  const bytes = cipher.decryptBytes(sealed, contentPlace(id));
  return download(openFileName(cipher, id, sealedName), mediaType, (output) => {
    output.end(bytes);
    return Promise.resolve();
  });
}

/** Takes an attachment of a customer out of sight; the returned action brings it back. @throws NotFound when it is gone */
export async function hideAttachment(
  context: ViewerContext,
  id: string,
  customer: { readonly name: string; readonly customerNo: string },
): Promise<string> {
  const actionId = newId();
  const now = context.deps.now();
  await unitOfWork(
    context,
    'attachments.deleted',
    async (tx) => {
      const summary = { name: customer.name, customerNo: customer.customerNo };
      const action = { id: actionId, kind: 'attachments.deleted', summary, actorId: context.viewer.id };
      await registerUndoable(tx, action, now);
      const where = { id, deletedAt: null };
      const { count } = await tx.attachment.updateMany({ where, data: { deletedAt: now } });
      if (count === 0) throw new NotFound('the attachment is gone');
    },
    { undoableActionId: actionId },
  );
  return actionId;
}

/** The one of a record's attachments with this id. @throws NotFound */
export function attachmentOf(
  { attachments }: { readonly attachments: readonly Attachment[] },
  id: string,
): Attachment {
  const attachment = attachments.find((candidate) => candidate.id === id);
  if (!attachment) throw new NotFound('the record has no such attachment');
  return attachment;
}
