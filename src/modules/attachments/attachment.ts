import { join } from 'node:path';
import { z } from 'zod';
import type { Cipher } from '../../core/cipher.js';
import type { Config } from '../../config.js';
import { fileStore, type FileStore } from '../../core/file-store.js';
import { sql, type Sql } from '../../core/sql.js';

/** The largest file in bytes, files of one customer, files of one form, and the longest name in characters. */
export const attachmentLimits = { bytes: 10 * 1024 * 1024, files: 50, atOnce: 10, name: 150 } as const;

/** Days after which a deleted attachment is gone for good; as long as it can be taken back. */
export const deletedAttachmentDays = 30;

export const Attachment = z.object({
  id: z.string(),
  file_name_encrypted: z.string(),
  media_type: z.string(),
  size: z.number(),
  created_at: z.coerce.date(),
  /** Null when the customer sent it. */
  uploaded_by_name: z.string().nullable(),
});

/** A file kept with a customer, as stored. */
export type Attachment = z.infer<typeof Attachment>;

/** A column of a SELECT from `customers` or `service_requests`: the attachments that belong to it as JSON, the latest first. */
export const attachmentsColumn = (belong: Sql): Sql => sql`(
  SELECT coalesce(jsonb_agg(jsonb_build_object(
           'id', attachments.id, 'file_name_encrypted', file_name_encrypted, 'media_type', media_type, 'size', size,
           'created_at', attachments.created_at, 'uploaded_by_name', uploaders.name)
         ORDER BY attachments.created_at DESC, attachments.id DESC), '[]')
  FROM attachments LEFT JOIN users AS uploaders ON uploaders.id = uploaded_by_id
  WHERE ${belong} AND attachments.deleted_at IS NULL)`;

const namePlace = (id: string) => ({ table: 'attachments', column: 'file_name_encrypted', recordId: id });

export const sealFileName = (cipher: Cipher, id: string, name: string): string =>
  cipher.encrypt(name, namePlace(id));

export const openFileName = (cipher: Cipher, id: string, sealed: string): string =>
  cipher.decrypt(sealed, namePlace(id));

/** Where the encrypted bytes of an attachment belong. */
export const contentPlace = (id: string) => ({ table: 'attachments', column: 'content', recordId: id });

/** The encrypted bytes, in the data folder: no web server reaches them. */
export const attachmentFiles = (config: Config): FileStore =>
  fileStore(join(config.dataDirectory, 'attachments'));
