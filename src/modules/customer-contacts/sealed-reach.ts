import type { Cipher } from '../../core/cipher.js';
import { maskEmail } from '../../core/mask.js';
import { maskPhone } from '../../core/phone.js';
import type { CustomerContact } from './customer-contact.js';

export const reachFields = ['phone', 'email'] as const;

/** By what a contact is reached. */
export type ReachField = (typeof reachFields)[number];

/** In clear: phone in E.164, e-mail in lower case. */
export type Reach = Readonly<Record<ReachField, string | null>>;

type SealedReach = Pick<CustomerContact, 'id' | 'phone_encrypted' | 'email_encrypted'>;

const place = (field: ReachField, contactId: string) => ({
  table: 'customer_contacts',
  column: `${field}_encrypted`,
  recordId: contactId,
});

/** Encrypts a phone for the row of one contact, with the hashes by which it is found. */
export const sealPhone = (cipher: Cipher, contactId: string, phone: string | null) => ({
  phoneEncrypted: phone && cipher.encrypt(phone, place('phone', contactId)),
  phoneHash: phone && cipher.searchHash('phone', phone),
  phoneLast4Hash: phone && cipher.searchHash('phoneLast4', phone.slice(-4)),
});

/** The same for an e-mail address. */
export const sealEmail = (cipher: Cipher, contactId: string, email: string | null) => ({
  emailEncrypted: email && cipher.encrypt(email, place('email', contactId)),
  emailHash: email && cipher.searchHash('email', email),
});

/** Decrypts one value of a contact's row; null stays null. */
export function openReach(cipher: Cipher, contact: SealedReach, field: ReachField): string | null {
  const sealed = contact[`${field}_encrypted`];
  return sealed === null ? null : cipher.decrypt(sealed, place(field, contact.id));
}

const masks = { phone: maskPhone, email: maskEmail } as const;

/** As everybody may see it; '' where there is nothing. */
export function maskedReach(cipher: Cipher, contact: SealedReach): Record<ReachField, string> {
  const masked = (field: ReachField): string => {
    const plain = openReach(cipher, contact, field);
    return plain === null ? '' : masks[field](plain);
  };
  return { phone: masked('phone'), email: masked('email') };
}
