import { z } from 'zod';
import { optionalUuid, requiredText, uuid } from '../../core/fields.js';
import { nonceField } from './sent-form.schemas.js';
import { languageParameter } from './visitor.js';

/** Characters of what a customer writes at once, and bytes of a picture. */
export const customerLimits = { words: 2_000, pictureBytes: 5 * 1024 * 1024 } as const;

/** Said after sending: what was done, or that this form was sent before. */
export const requestPageNews = ['word', 'picture', 'reopened', 'again'] as const;
export type RequestPageNews = (typeof requestPageNews)[number];

export const RequestPageQuery = z.strictObject({
  ...languageParameter,
  sent: z.enum(requestPageNews).optional(),
});
export const CustomerPageQuery = z.strictObject({
  ...languageParameter,
  sent: z.enum(['request', 'again']).optional(),
});
export type CustomerPageQuery = z.output<typeof CustomerPageQuery>;

export const WordForm = z.strictObject({ body: requiredText(customerLimits.words), ...nonceField });
export const ReopeningForm = z.strictObject({ reason: requiredText(customerLimits.words), ...nonceField });
export const PictureForm = z.strictObject({ ...nonceField });

export const FiledRequestForm = z.strictObject({
  typeId: uuid,
  categoryId: optionalUuid,
  servedThingId: optionalUuid,
  text: requiredText(customerLimits.words),
  ...nonceField,
});
export type FiledRequest = Omit<z.output<typeof FiledRequestForm>, 'nonce'>;

export const LinkOwnerParams = z.strictObject({ id: uuid });
export const LinkParams = z.strictObject({ id: uuid, linkId: uuid });
/** `id` is made with the form: sent twice, it makes one link. */
export const NewLinkForm = z.strictObject({ id: uuid });
export const EmptyLinkForm = z.strictObject({});
