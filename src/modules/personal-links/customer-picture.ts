import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { v7 as newId } from 'uuid';
import type { Context } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { InvalidInput } from '../../core/errors.js';
import type { UploadedFile } from '../../core/route.js';
import { attachmentFiles, contentPlace, sealFileName } from '../attachments/attachment.js';
import { attachmentName } from '../attachments/file-name.js';
import { findMediaType, type MediaType } from '../attachments/media-type.js';

/** Pictures that customers may send with one request. */
export const mostPictures = 10;

/** A picture that was sent, read and found to be one. */
export interface Picture {
  readonly name: string;
  readonly mediaType: MediaType;
  readonly bytes: Buffer;
}

/** @throws InvalidInput when there is no file, or its bytes are no picture. */
export async function readPicture(file: UploadedFile | undefined): Promise<Picture> {
  if (!file || file.size === 0) throw InvalidInput.field('file', 'errors.required');
  const bytes = await readFile(file.path);
  const mediaType = await findMediaType(file.path, bytes, file.originalName);
  if (!mediaType?.startsWith('image/')) throw InvalidInput.field('file', 'personalLinks.notAPicture');
  return { name: attachmentName(file.originalName, mediaType), mediaType, bytes };
}

/**
 * Keeps a picture with a request, encrypted, as sent by the customer; the row is committed once the file is on the disk.
 * @throws InvalidInput when the request has as many as there can be
 */
export async function keepPicture(
  tx: Transaction,
  { deps }: Context,
  place: { readonly customerId: string; readonly requestId: string },
  { name, mediaType, bytes }: Picture,
): Promise<void> {
  const { requestId } = place;
  await tx.$executeRaw`SELECT FROM service_requests WHERE id = ${requestId}::uuid FOR NO KEY UPDATE`;
  if ((await tx.attachment.count({ where: { requestId, deletedAt: null } })) >= mostPictures)
    throw InvalidInput.field('file', 'attachments.tooMany', { count: mostPictures });
  const id = newId();
  await tx.attachment.create({
    data: {
      ...{ id, ...place, mediaType, size: bytes.length },
      fileNameEncrypted: sealFileName(deps.cipher, id, name),
      sha256: createHash('sha256').update(bytes).digest('hex'),
    },
    select: { id: true },
  });
  await attachmentFiles(deps.config).write(id, deps.cipher.encryptBytes(bytes, contentPlace(id)));
}
