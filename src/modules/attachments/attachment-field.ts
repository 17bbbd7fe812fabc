import type { ViewerContext } from '../../core/context.js';
import type { FieldSpec } from '../../core/form.js';
import { formatBytes } from '../../core/format.js';
import { attachmentLimits } from './attachment.js';
import { mediaTypes } from './media-type.js';

/** Endings of what is kept, for the browser's dialog. */
const accept = Object.values(mediaTypes)
  .flat()
  .map((ending) => `.${ending}`)
  .join(',');

/** Files that come with a larger form. */
export const severalFiles: FieldSpec = {
  name: 'files',
  label: 'attachments.title',
  kind: 'file',
  multiple: true,
  accept,
};

/** Adds files to a record. */
export const addedFiles: FieldSpec = { ...severalFiles, label: 'attachments.files', required: true };

/** What is kept, how large, and how many of it. */
export const limitsText = ({ t, locale }: ViewerContext, count: 'files' | 'atOnce'): string =>
  t(count === 'files' ? 'attachments.limits' : 'attachments.limitsAtOnce', {
    size: formatBytes(attachmentLimits.bytes, locale),
    count: attachmentLimits[count],
    atOnce: attachmentLimits.atOnce,
  });
