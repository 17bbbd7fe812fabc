import { v7 as newId } from 'uuid';
import type { Context } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { InvalidInput } from '../../core/errors.js';
import type { UploadedFile, UploadSpec } from '../../core/route.js';
import { severalFiles } from './attachment-field.js';
import { attachmentLimits } from './attachment.js';
import {
  acceptUpload,
  keepAttachment,
  requireRoom,
  type AcceptedFile,
  type AttachmentPlace,
} from './keep-attachment.js';

const field = severalFiles.name;

/**
 * Files that come with a form. More and larger ones are let in than are kept: they are refused beside their field, with
 * what was typed, and not by a page that knows nothing of it.
 */
export const filesUpload: UploadSpec = {
  field,
  maximumBytes: attachmentLimits.bytes * 3,
  maximumFiles: attachmentLimits.atOnce * 2,
};

/** @throws InvalidInput when there are too many of them, or as `acceptUpload` for the first one that is not taken */
export async function acceptFiles(uploads: readonly UploadedFile[]): Promise<readonly AcceptedFile[]> {
  if (uploads.length > attachmentLimits.atOnce)
    throw InvalidInput.field(field, 'attachments.tooManyAtOnce', { count: attachmentLimits.atOnce });
  const accepted: AcceptedFile[] = [];
  for (const upload of uploads) accepted.push(await acceptUpload(upload, field));
  return accepted;
}

/**
 * Keeps accepted files, one after the other, in the caller's unit of work; the first one under an id that was made before.
 * @throws InvalidInput without room for all of them
 */
export async function keepFiles(
  tx: Transaction,
  context: Context,
  place: AttachmentPlace,
  files: readonly AcceptedFile[],
  firstId = newId(),
): Promise<void> {
  if (files.length === 0) return;
  await requireRoom(tx, place.customerId, files.length, field);
  for (const [index, file] of files.entries())
    await keepAttachment(tx, context, place, index === 0 ? firstId : newId(), file);
}
