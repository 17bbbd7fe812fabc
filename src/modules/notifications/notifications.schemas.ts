import { z } from 'zod';
import { uuid } from '../../core/fields.js';

/** The page from a moment back. */
export const NotificationsQuery = z.strictObject({
  before: z.iso
    .datetime('errors.notADate')
    .transform((text) => new Date(text))
    .optional(),
});

export const NotificationParams = z.strictObject({ id: uuid });
export const ReadingForm = z.strictObject({});
