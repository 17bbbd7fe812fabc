import type { ViewerContext } from '../../core/context.js';
import { maskEmail, maskText } from '../../core/mask.js';
import { maskPhone } from '../../core/phone.js';
import { openContact, type ContactField } from './contact-details.js';
import type { CustomerRecord } from './customers.queries.js';

/** Contact data as everybody may see it; '' where there is none. */
export function maskedContact(
  { deps }: ViewerContext,
  customer: CustomerRecord,
): Record<ContactField, string> {
  const plain = (field: ContactField): string =>
    openContact(deps.cipher, customer.id, field, customer[`${field}_encrypted`]) ?? '';
  const masked = (text: string, mask: (text: string) => string): string => (text === '' ? '' : mask(text));
  return {
    phone: masked(plain('phone'), maskPhone),
    email: masked(plain('email'), maskEmail),
    wechat: masked(plain('wechat'), maskText),
    address: masked(plain('address'), maskText),
  };
}
