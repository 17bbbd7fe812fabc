import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import { InvalidInput, NotFound } from '../../core/errors.js';
import { recordEvent } from '../../core/events.js';
import { download, type Reply } from '../../core/reply.js';
import type { UploadedFile } from '../../core/route.js';
import { registerUndoable } from '../../core/undo/undo.js';
import { isUniqueViolation, unitOfWork } from '../../core/unit-of-work.js';
import { severalFiles } from './attachment-field.js';
import { attachmentFiles, contentPlace, openFileName, type Attachment } from './attachment.js';
import { acceptFiles, keepFiles } from './files-of-form.js';
import type { FilesOwner } from './files-owner.js';
import { keepingTimeoutMillis } from './keep-attachment.js';

/**
 * Keeps files with a record, all of them or none, and returns their names. The first one takes the form's id: sent twice,
 * the same form keeps its files once.
 * @throws what `findChangeable` throws; InvalidInput when there is no file, one is not taken, or there is no room for all
 */
export async function addAttachments(
  context: ViewerContext,
  owner: FilesOwner,
  recordId: string,
  formId: string,
  uploads: readonly UploadedFile[],
): Promise<readonly string[]> {
  const { attachments, place } = await owner.findChangeable(context, recordId);
  if (uploads.length === 0) throw InvalidInput.field(severalFiles.name, 'errors.required');
  const files = await acceptFiles(uploads);
  const names = files.map(({ name }) => name);
  if (attachments.some(({ id }) => id === formId)) return names;
  try {
    await unitOfWork(context, 'attachments.uploaded', (tx) => keepFiles(tx, context, place, files, formId), {
      timeoutMillis: keepingTimeoutMillis,
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
  }
  return names;
}

/** A file of a record in clear, to download; that somebody fetched it, and where from, is written down first. @throws NotFound */
export async function openAttachment(
  context: ViewerContext,
  owner: FilesOwner,
  recordId: string,
  attachmentId: string,
): Promise<Reply> {
  const { config, cipher } = context.deps;
  const { attachments, details } = await owner.find(context, recordId);
  const {
    id,
    file_name_encrypted: sealedName,
    media_type: mediaType,
  } = attachmentOf(attachments, attachmentId);
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

/**
 * Takes a file out of sight, with the request and with the customer; the returned action brings it back.
 * @throws what `findChangeable` throws; NotFound when the file is gone
 */
export async function deleteAttachment(
  context: ViewerContext,
  owner: FilesOwner,
  recordId: string,
  attachmentId: string,
): Promise<string> {
  const { attachments, customer } = await owner.findChangeable(context, recordId);
  const { id } = attachmentOf(attachments, attachmentId);
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

function attachmentOf(attachments: readonly Attachment[], id: string): Attachment {
  const attachment = attachments.find((candidate) => candidate.id === id);
  if (!attachment) throw new NotFound('the record has no such attachment');
  return attachment;
}
