import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { InvalidInput, NotFound } from '../../core/errors.js';
import { recordEvent } from '../../core/events.js';
import type { UploadedFile } from '../../core/route.js';
import { registerUndoable } from '../../core/undo/undo.js';
import { isUniqueViolation, unitOfWork } from '../../core/unit-of-work.js';
import { findCustomer, type CustomerRecord } from '../customers/customers.queries.js';
import { findEditableCustomer } from '../customers/editable-customer.js';
import {
  attachmentFiles,
  attachmentLimits,
  contentPlace,
  openFileName,
  sealFileName,
  type Attachment,
} from './attachment.js';
import { attachmentName } from './file-name.js';
import { findMediaType } from './media-type.js';

/** Longer than writing the largest file takes. */
const uploadTimeoutMillis = 30_000;

/**
 * Keeps a file with a customer, encrypted; the row is committed once the file is on the disk. Sent twice, the same form
 * (same id) keeps one file. Returns the file's name.
 * @throws NotFound, Forbidden outside the scope of editing, InvalidInput when there is no file, it is of a kind that is
 * not kept, or the customer has as many as there can be.
 */
export async function addAttachment(
  context: ViewerContext,
  customerId: string,
  id: string,
  file: UploadedFile | undefined,
): Promise<string> {
  const { config, cipher } = context.deps;
  await findEditableCustomer(context, customerId);
  if (!file) throw InvalidInput.field('file', 'errors.required');
  if (file.size === 0) throw InvalidInput.field('file', 'attachments.empty');
  const bytes = await readFile(file.path);
  const mediaType = await findMediaType(file.path, bytes, file.originalName);
  if (!mediaType) throw InvalidInput.field('file', 'attachments.kindRefused');
  const name = attachmentName(file.originalName, mediaType);
  try {
    await unitOfWork(
      context,
      'attachments.uploaded',
      async (tx) => {
        await requireRoom(tx, customerId);
        await tx.attachment.create({
          data: {
            id,
            customerId,
            mediaType,
            fileNameEncrypted: sealFileName(cipher, id, name),
            size: bytes.length,
            sha256: createHash('sha256').update(bytes).digest('hex'),
            uploadedById: context.viewer.id,
          },
        });
        await attachmentFiles(config).write(id, cipher.encryptBytes(bytes, contentPlace(id)));
      },
      { timeoutMillis: uploadTimeoutMillis },
    );
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
  }
  return name;
}

/** An attachment to send. */
export interface OpenedAttachment {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
}

/**
 * The bytes of an attachment in clear; that somebody fetched them is written down first.
 * @throws NotFound
 */
export async function openAttachment(
  context: ViewerContext,
  customerId: string,
  id: string,
): Promise<OpenedAttachment> {
  const { config, cipher } = context.deps;
  const customer = await findCustomer(context, customerId);
  const attachment = attachmentOf(customer, id);
  await recordEvent(context, {
    action: 'attachments.downloaded',
    tableName: 'attachments',
    recordId: id,
    details: { customerNo: customer.customer_no },
  });
  const sealed = await attachmentFiles(config).read(id);
  return {
    name: openFileName(cipher, id, attachment.file_name_encrypted),
    mediaType: attachment.media_type,
    bytes: cipher.decryptBytes(sealed, contentPlace(id)),
  };
}

/**
 * Takes an attachment out of sight; the returned action brings it back.
 * @throws NotFound, Forbidden outside the scope of editing
 */
export async function deleteAttachment(
  context: ViewerContext,
  customerId: string,
  id: string,
): Promise<string> {
  const customer = await findEditableCustomer(context, customerId);
  attachmentOf(customer, id);
  const actionId = newId();
  const now = context.deps.now();
  await unitOfWork(
    context,
    'attachments.deleted',
    async (tx) => {
      const summary = { name: customer.name, customerNo: customer.customer_no };
      const action = { id: actionId, kind: 'attachments.deleted', summary, actorId: context.viewer.id };
      await registerUndoable(tx, action, now);
      const where = { id, customerId, deletedAt: null };
      const { count } = await tx.attachment.updateMany({ where, data: { deletedAt: now } });
      if (count === 0) throw new NotFound('the attachment is gone');
    },
    { undoableActionId: actionId },
  );
  return actionId;
}

function attachmentOf(customer: CustomerRecord, id: string): Attachment {
  const attachment = customer.attachments.find((candidate) => candidate.id === id);
  if (!attachment) throw new NotFound('the customer has no such attachment');
  return attachment;
}

/** Until the end of the unit of work nobody else adds a file to the customer. */
async function requireRoom(tx: Transaction, customerId: string): Promise<void> {
  await tx.$executeRaw`SELECT FROM customers WHERE id = ${customerId}::uuid FOR UPDATE`;
  const count = await tx.attachment.count({ where: { customerId, deletedAt: null } });
  if (count >= attachmentLimits.files)
    throw InvalidInput.field('file', 'attachments.tooMany', { count: attachmentLimits.files });
}
