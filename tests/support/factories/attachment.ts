import { createHash } from 'node:crypto';
import { v7 as newId } from 'uuid';
import type { Dependencies } from '../../../src/core/context.js';
import { unitOfWork } from '../../../src/core/unit-of-work.js';
import { attachmentFiles, contentPlace, sealFileName } from '../../../src/modules/attachments/attachment.js';
import { factoryActor } from './sequence.js';

export interface AttachmentOptions {
  readonly customerId: string;
  readonly userId: string;
  /** The request that it was sent with. */
  readonly requestId?: string;
  readonly name?: string;
}

/** A small PDF kept with a customer; returns its id. */
export async function createAttachment(
  deps: Dependencies,
  { customerId, userId, requestId, name = 'agreement.pdf' }: AttachmentOptions,
): Promise<string> {
  const id = newId();
  const bytes = Buffer.from('%PDF-1.7\n');
  await attachmentFiles(deps.config).write(id, deps.cipher.encryptBytes(bytes, contentPlace(id)));
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', (tx) =>
    tx.attachment.create({
      data: {
        id,
        customerId,
        requestId: requestId ?? null,
        uploadedById: userId,
        mediaType: 'application/pdf',
        size: bytes.length,
        fileNameEncrypted: sealFileName(deps.cipher, id, name),
        sha256: createHash('sha256').update(bytes).digest('hex'),
      },
    }),
  );
  return id;
}
