import { v7 as newId } from 'uuid';
import type { Context } from '../../core/context.js';
import { InvalidInput } from '../../core/errors.js';
import type { UploadedFile } from '../../core/route.js';
import { keepingTimeoutMillis } from '../attachments/keep-attachment.js';
import { openRequest } from '../service-requests/open-request.js';
import type { CustomerPage } from './customer-page.queries.js';
import { acceptPicture, keepPicture } from './customer-picture.js';
import { addCustomerWord, reopenByCustomer } from './customer-verbs.js';
import { formSubject } from './form-subject.js';
import type { FiledRequest } from './personal-links.schemas.js';
import type { RequestPage } from './request-page.queries.js';
import { onceForForm } from './sent-form.service.js';

const subjectLength = 80;

type Sent = 'sent' | 'again';
const outcome = (result: boolean | undefined): Sent => (result ? 'sent' : 'again');

/** Adds a word of the customer. @throws InvalidInput for the nonce, Conflict when the request is closed. */
export async function sendWord(
  context: Context,
  link: RequestPage,
  body: string,
  nonce: string,
): Promise<Sent> {
  const form = {
    action: 'personal-links.word-added',
    subject: formSubject(link.link_id, 'word'),
    nonce,
  } as const;
  return outcome(
    await onceForForm(context, form, async (tx) => {
      await addCustomerWord(tx, context, link.request_id, body);
      return true;
    }),
  );
}

/** Opens the request again. @throws InvalidInput for the nonce, Conflict when it is too late. */
export async function sendReopening(
  context: Context,
  link: RequestPage,
  reason: string,
  nonce: string,
): Promise<Sent> {
  const subject = formSubject(link.link_id, 'reopening');
  const form = { action: 'personal-links.request-reopened', subject, nonce } as const;
  return outcome(
    await onceForForm(context, form, async (tx) => {
      await reopenByCustomer(tx, context, link.request_id, reason);
      return true;
    }),
  );
}

/** Adds a picture. @throws InvalidInput for the nonce, and beside `file` when it is no picture or there are many. */
export async function sendPicture(
  context: Context,
  link: RequestPage,
  file: UploadedFile | undefined,
  nonce: string,
): Promise<Sent> {
  const picture = await acceptPicture(file);
  const subject = formSubject(link.link_id, 'picture');
  const form = { action: 'personal-links.picture-added', subject, nonce } as const;
  return outcome(
    await onceForForm(context, { ...form, timeoutMillis: keepingTimeoutMillis }, async (tx) => {
      await keepPicture(tx, context, { customerId: link.customer_id, requestId: link.request_id }, picture);
      return true;
    }),
  );
}

/**
 * Opens a request that the customer filed; its subject is the beginning of what they wrote.
 * @throws InvalidInput for the nonce, and for a choice that the page did not offer.
 */
export async function fileRequest(
  context: Context,
  link: CustomerPage,
  { text, ...choices }: FiledRequest,
  nonce: string,
): Promise<Sent> {
  if (!link.types.some(({ id }) => id === choices.typeId))
    throw InvalidInput.field('typeId', 'errors.notAChoice');
  const subject = formSubject(link.link_id, 'request');
  const form = { action: 'personal-links.request-filed', subject, nonce } as const;
  return outcome(
    await onceForForm(context, form, async (tx) => {
      const { customer_id: customerId } = link;
      await openRequest(tx, context, {
        ...{ id: newId(), customerId, channel: 'online', description: text, ...choices },
        subject: beginningOf(text),
      });
      return true;
    }),
  );
}

function beginningOf(text: string): string {
  const [line = ''] = text.split('\n');
  const characters = Array.from(line);
  return characters.length <= subjectLength ? line : `${characters.slice(0, subjectLength - 1).join('')}…`;
}
