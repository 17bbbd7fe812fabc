import type { ViewerContext } from '../../core/context.js';
import { recordEvent } from '../../core/events.js';
import { attachmentFiles, contentPlace } from '../attachments/attachment.js';
import { findCustomer } from '../customers/customers.queries.js';
import { countReveal } from '../customers/reveal-limit.js';
import { personalDataInClear, type PersonalData } from './personal-data-in-clear.js';
import { readPersonalData } from './personal-data.queries.js';

/**
 * Hands out all that is held about a person; that somebody took it is written down first.
 * @throws NotFound outside the viewer's scope, TooManyRequests as for revealed values.
 */
export async function takePersonalData(context: ViewerContext, id: string): Promise<PersonalData> {
  const customer = await findCustomer(context, id, { includeDeleted: true });
  await countReveal(context);
  await recordEvent(context, {
    action: 'customers.personal-data-exported',
    tableName: 'customers',
    recordId: id,
    details: { customerNo: customer.customer_no },
  });
  return personalDataInClear(context.deps.cipher, await readPersonalData(context, id));
}

/** The bytes of an attachment in clear. */
export async function readAttachment({ deps }: ViewerContext, id: string): Promise<Buffer> {
  return deps.cipher.decryptBytes(await attachmentFiles(deps.config).read(id), contentPlace(id));
}
