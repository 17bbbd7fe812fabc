import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import { formView, type FieldSpec, type FormView } from '../../core/form.js';
import { formatBytes, formatDateTime, formatRelative } from '../../core/format.js';
import type { CustomerRecord } from '../customers/customers.queries.js';
import type { RefusedForm } from '../customers/refused-form.js';
import { attachmentLimits, openFileName } from './attachment.js';
import { mediaTypes } from './media-type.js';

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
  readonly hint: string;
  readonly isOpen: boolean;
}

/** The files on the record of a customer. */
export interface AttachmentCardView {
  readonly files: readonly AttachmentView[];
  /** Adds one; absent for those who may not. */
  readonly form: AttachmentFormView | undefined;
}

export function attachmentCardView(
  context: ViewerContext,
  customer: CustomerRecord,
  refused: RefusedForm | undefined,
): AttachmentCardView {
  const { t, locale, deps } = context;
  const path = `/customers/${customer.id}/attachments`;
  return {
    files: customer.attachments.map((attachment) => {
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
        deleteAction: customer.can_edit ? `${path}/${id}/deletion` : '',
        deleteLabel: t('attachments.delete', { name }),
      };
    }),
    form: customer.can_edit ? attachmentForm(context, path, refused) : undefined,
  };
}

function attachmentForm(
  { t, locale }: ViewerContext,
  action: string,
  refused: RefusedForm | undefined,
): AttachmentFormView {
  const spec: FieldSpec = {
    name: 'file',
    label: 'attachments.file',
    kind: 'file',
    required: true,
    accept: Object.values(mediaTypes)
      .flat()
      .map((ending) => `.${ending}`)
      .join(','),
  };
  const typedId = refused?.values['id'];
  return {
    ...formView(t, [spec], {}, refused?.problems),
    action,
    id: typeof typedId === 'string' ? typedId : newId(),
    hint: t('attachments.limits', {
      size: formatBytes(attachmentLimits.bytes, locale),
      count: attachmentLimits.files,
    }),
    isOpen: refused !== undefined,
  };
}
