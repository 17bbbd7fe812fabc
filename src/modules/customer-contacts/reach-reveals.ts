import type { ViewerContext } from '../../core/context.js';
import { Forbidden } from '../../core/errors.js';
import { recordEvent } from '../../core/events.js';
import { countReveal } from '../customers/reveal-limit.js';
import { findCustomerContact, type CustomerContactRecord } from './customer-contacts.queries.js';
import { openReach, type ReachField } from './sealed-reach.js';

/**
 * Shows phone or e-mail of a contact in clear and writes that down first, as for the customer's own.
 * @throws NotFound, Forbidden, TooManyRequests
 */
export async function revealReach(
  context: ViewerContext,
  id: string,
  field: ReachField,
): Promise<{ readonly contact: CustomerContactRecord; readonly value: string | null }> {
  const contact = await findCustomerContact(context, id);
  if (!contact.can_reveal) throw new Forbidden('customers:reveal-contact');
  await countReveal(context);
  await recordEvent(context, {
    action: `customer-contacts.${field}-revealed`,
    tableName: 'customer_contacts',
    recordId: id,
    details: { customerNo: contact.customer_no, name: contact.name },
  });
  return { contact, value: openReach(context.deps.cipher, contact, field) };
}
