import { z } from 'zod';
import { uuid } from '../../core/fields.js';

/** `id` is made with the form: sent twice, it keeps its files once. */
export const AttachmentForm = z.strictObject({ id: uuid });

export const AttachmentParams = z.strictObject({ id: uuid, attachmentId: uuid });
