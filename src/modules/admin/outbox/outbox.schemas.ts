import { z } from 'zod';
import { normaliseEmail } from '../../../core/email-address.js';
import { requiredText, uuid } from '../../../core/fields.js';
import { listParameters } from '../../../core/lists/list.js';
import { optionalChoice } from '../filters.js';

export const outboxStates = ['queued', 'sending', 'sent', 'failed', 'kept', 'expired'] as const;

/** Messages in these states can be tried at once; one that is being sent, or was sent, cannot. */
export const retriableStates = ['queued', 'failed', 'kept'] as const;

export const OutboxQuery = z.strictObject({
  ...listParameters(['createdAt']),
  state: optionalChoice(outboxStates),
});
export type OutboxQuery = z.output<typeof OutboxQuery>;

export const TestMessageForm = z.strictObject({
  address: requiredText(254).transform((text, context) => {
    const address = normaliseEmail(text);
    if (address !== null) return address;
    context.addIssue({ code: 'custom', message: 'errors.notAnEmail', input: text });
    return z.NEVER;
  }),
});

export const MessageParams = z.strictObject({ id: uuid });
export const EmptyForm = z.strictObject({});
