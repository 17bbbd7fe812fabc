import { v7 as newId } from 'uuid';
import type { Context } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { InvalidInput } from '../../core/errors.js';
import type { UploadedFile } from '../../core/route.js';
import {
  acceptUpload,
  keepAttachment,
  type AcceptedFile,
  type AttachmentPlace,
} from '../attachments/keep-attachment.js';

/** Pictures that customers may send with one request. */
export const mostPictures = 10;

/** @throws InvalidInput when there is no file, it is empty or too large, or its bytes are no picture */
export const acceptPicture = (file: UploadedFile | undefined): Promise<AcceptedFile> =>
  acceptUpload(file, 'file', {
    takes: (mediaType) => mediaType.startsWith('image/'),
    refusedKey: 'personalLinks.notAPicture',
  });

/** Keeps a picture with a request, as sent by the customer. @throws InvalidInput when the request has as many as there can be */
export async function keepPicture(
  tx: Transaction,
  context: Context,
  place: Required<AttachmentPlace>,
  picture: AcceptedFile,
): Promise<void> {
  const { requestId } = place;
  await tx.$executeRaw`SELECT FROM service_requests WHERE id = ${requestId}::uuid FOR NO KEY UPDATE`;
  if ((await tx.attachment.count({ where: { requestId, deletedAt: null } })) >= mostPictures)
    throw InvalidInput.field('file', 'attachments.tooMany', { count: mostPictures });
  await keepAttachment(tx, context, place, newId(), picture);
}
