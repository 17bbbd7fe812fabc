import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Context } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { InvalidInput } from '../../core/errors.js';
import type { MessageKey } from '../../core/i18n.js';
import type { UploadedFile } from '../../core/route.js';
import { attachmentFiles, attachmentLimits, contentPlace, sealFileName } from './attachment.js';
import { attachmentName } from './file-name.js';
import { findMediaType, type MediaType } from './media-type.js';

/** Longer than writing the files of one form takes. */
export const keepingTimeoutMillis = 30_000;

/** A file that came and is of a kind that is kept; its bytes are read again when it is. */
export interface AcceptedFile {
  readonly name: string;
  readonly mediaType: MediaType;
  readonly path: string;
}

/** Which kinds of files a form takes, and what it says of the others. */
export interface TakenKinds {
  readonly takes: (mediaType: MediaType) => boolean;
  readonly refusedKey: MessageKey;
}

const allKinds: TakenKinds = { takes: () => true, refusedKey: 'attachments.kindRefused' };

/**
 * Looks into a file that came with a form.
 * @throws InvalidInput for the field when there is none, it is empty, too large, or of a kind that is not taken
 */
export async function acceptUpload(
  file: UploadedFile | undefined,
  field: string,
  { takes, refusedKey } = allKinds,
): Promise<AcceptedFile> {
  if (!file) throw InvalidInput.field(field, 'errors.required');
  const { path, size, originalName: name } = file;
  if (size === 0) throw InvalidInput.field(field, 'attachments.empty', { name });
  if (size > attachmentLimits.bytes) throw InvalidInput.field(field, 'attachments.tooLarge', { name });
  const mediaType = await findMediaType(path, await readFile(path), name);
  if (!mediaType || !takes(mediaType)) throw InvalidInput.field(field, refusedKey, { name });
  return { name: attachmentName(name, mediaType), mediaType, path };
}

/** What a file belongs to: always a customer, and the request that it came with or was added to. */
export interface AttachmentPlace {
  readonly customerId: string;
  readonly requestId?: string;
}

/**
 * Keeps a file in the caller's unit of work, encrypted; the row is committed once the file is on the disk. Check with
 * `requireRoom` first.
 */
export async function keepAttachment(
  tx: Transaction,
  { deps, actor }: Context,
  place: AttachmentPlace,
  id: string,
  { name, mediaType, path }: AcceptedFile,
): Promise<void> {
  const bytes = await readFile(path);
  await tx.attachment.create({
    data: {
      ...{ id, ...place, mediaType, size: bytes.length, uploadedById: actor.id },
      fileNameEncrypted: sealFileName(deps.cipher, id, name),
      sha256: createHash('sha256').update(bytes).digest('hex'),
    },
    select: { id: true },
  });
  await attachmentFiles(deps.config).write(id, deps.cipher.encryptBytes(bytes, contentPlace(id)));
}

/**
 * Until the end of the unit of work nobody else adds a file to the customer.
 * @throws InvalidInput for the field when the customer would have more than there can be
 */
export async function requireRoom(
  tx: Transaction,
  customerId: string,
  wanted: number,
  field: string,
): Promise<void> {
  await tx.$executeRaw`SELECT FROM customers WHERE id = ${customerId}::uuid FOR UPDATE`;
  const count = await tx.attachment.count({ where: { customerId, deletedAt: null } });
  if (count >= attachmentLimits.files) throw InvalidInput.field(field, 'attachments.tooMany', { count });
  const room = attachmentLimits.files - count;
  if (wanted > room) throw InvalidInput.field(field, 'attachments.noRoom', { count: room });
}
