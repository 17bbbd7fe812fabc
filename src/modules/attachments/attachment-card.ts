import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import { formView, type FormView } from '../../core/form.js';
import { formatBytes, formatDateTime, formatRelative } from '../../core/format.js';
import type { RefusedForm } from '../customers/refused-form.js';
import { addedFiles, limitsText } from './attachment-field.js';
import { openFileName, type Attachment } from './attachment.js';

export interface AttachmentView {
  readonly name: string;
  readonly href: string;
  /** How large it is, and who added it. */
  readonly about: string;
  readonly when: string;
  readonly whenExact: string;
  /** Address that takes it away by POST; '' for those who may not. */
  readonly deleteAction: string;
  readonly deleteLabel: string;
}

export interface AttachmentFormView extends FormView {
  readonly action: string;
  readonly id: string;
  readonly isOpen: boolean;
}

/** The files on the record of a customer or a request. */
export interface AttachmentCardView {
  readonly files: readonly AttachmentView[];
  /** Adds some; absent for those who may not. */
  readonly form: AttachmentFormView | undefined;
}

/** A record that files belong to. */
export interface RecordWithFiles {
  /** Address of the record. */
  readonly href: string;
  readonly attachments: readonly Attachment[];
  /** Whether the viewer may add and delete. */
  readonly canChange: boolean;
}

export function attachmentCardView(
  context: ViewerContext,
  { href, attachments, canChange }: RecordWithFiles,
  refused: RefusedForm | undefined,
): AttachmentCardView {
  const { t, locale, deps } = context;
  const path = `${href}/attachments`;
  return {
    files: attachments.map((attachment) => {
      const { id, file_name_encrypted: sealed, size, created_at: addedAt, uploaded_by_name: by } = attachment;
      const name = openFileName(deps.cipher, id, sealed);
      return {
        name,
        href: `${path}/${id}`,
        about: t('attachments.about', {
          size: formatBytes(size, locale),
          name: by ?? t('attachments.fromCustomer'),
        }),
        when: formatRelative(addedAt, deps.now(), locale),
        whenExact: formatDateTime(addedAt, locale),
        deleteAction: canChange ? `${path}/${id}/deletion` : '',
        deleteLabel: t('attachments.delete', { name }),
      };
    }),
    form: canChange ? attachmentForm(context, path, refused) : undefined,
  };
}

function attachmentForm(
  context: ViewerContext,
  action: string,
  refused: RefusedForm | undefined,
): AttachmentFormView {
  const { t } = context;
  const typedId = refused?.values['id'];
  const { fields, problems } = formView(t, [addedFiles], {}, refused?.problems);
  const help = [limitsText(context, 'files'), ...(refused ? [t('attachments.noneKept')] : [])].join(' ');
  return {
    fields: fields.map((field) => ({ ...field, help })),
    problems,
    action,
    id: typeof typedId === 'string' ? typedId : newId(),
    isOpen: refused !== undefined,
  };
}
