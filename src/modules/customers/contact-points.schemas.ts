import { z } from 'zod';
import { normaliseEmail } from '../../core/email-address.js';
import { requiredText, uuid } from '../../core/fields.js';
import { normalisePhone } from '../../core/phone.js';
import { contactKinds, contactPointLabels, longestContactValue } from './contact-point.js';

/** A further phone or e-mail address. `id` is made with the form: sent twice, it adds once. */
export const ContactPointForm = z
  .strictObject({
    id: uuid,
    contactKind: z.enum(contactKinds),
    contactLabel: z.enum(contactPointLabels),
    contactValue: requiredText(longestContactValue),
  })
  .transform(({ id, contactKind: kind, contactLabel: label, contactValue: typed }, context) => {
    const value = kind === 'phone' ? normalisePhone(typed) : normaliseEmail(typed);
    if (value !== null) return { id, kind, label, value };
    const message = kind === 'phone' ? 'customers.phoneImpossible' : 'errors.notAnEmail';
    context.addIssue({ code: 'custom', message, input: typed, path: ['contactValue'] });
    return z.NEVER;
  });

export type NewContactPoint = z.output<typeof ContactPointForm>;

export const ContactPointParams = z.strictObject({ id: uuid, pointId: uuid });
