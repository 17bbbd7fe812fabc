import type { ViewerContext } from '../../core/context.js';
import type { Permission } from '../../core/permissions.js';
import type { Reply } from '../../core/reply.js';
import type { RefusedForm } from '../customers/refused-form.js';
import type { Attachment } from './attachment.js';
import type { AttachmentPlace } from './keep-attachment.js';

/** A record as far as its files go. */
export interface OwnerRecord {
  readonly attachments: readonly Attachment[];
  /** What the log says of it when one of its files is fetched. */
  readonly details: Readonly<Record<string, string>>;
}

/** A record whose files the viewer may add to and delete. */
export interface ChangeableOwner {
  readonly attachments: readonly Attachment[];
  readonly place: AttachmentPlace;
  readonly customer: { readonly name: string; readonly customerNo: string };
}

/** A kind of record that files are kept with, and shown on. */
export interface FilesOwner {
  /** Address of all such records. */
  readonly path: string;
  readonly readPermission: Permission;
  readonly changePermission: Permission;
  /** Said of files that were added. */
  readonly addedKey: 'attachments.added' | 'attachments.addedToRequest';
  /** @throws NotFound */
  find(context: ViewerContext, id: string): Promise<OwnerRecord>;
  /** @throws NotFound, Forbidden, Conflict where no files can be kept */
  findChangeable(context: ViewerContext, id: string): Promise<ChangeableOwner>;
  /** The record's page, with what is wrong with the files. */
  showRefused(context: ViewerContext, id: string, refused: RefusedForm): Promise<Reply>;
}
