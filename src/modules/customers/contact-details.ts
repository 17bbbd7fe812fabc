import type { Cipher } from '../../core/cipher.js';

/** How to reach a customer, in clear: phone in E.164, e-mail in lower case. */
export interface ContactDetails {
  readonly phone: string | null;
  readonly email: string | null;
  readonly wechat: string | null;
  readonly address: string | null;
}

export type ContactField = keyof ContactDetails;
export const contactFields = [
  'phone',
  'email',
  'wechat',
  'address',
] as const satisfies readonly ContactField[];

/** The same as stored: encrypted, with keyed hashes to search by. */
export interface ContactColumns {
  readonly phoneEncrypted: string | null;
  readonly phoneHash: string | null;
  readonly phoneLast4Hash: string | null;
  readonly emailEncrypted: string | null;
  readonly emailHash: string | null;
  readonly wechatEncrypted: string | null;
  readonly wechatHash: string | null;
  readonly addressEncrypted: string | null;
}

const columnNames = {
  phone: 'phone_encrypted',
  email: 'email_encrypted',
  wechat: 'wechat_encrypted',
  address: 'address_encrypted',
} as const satisfies Record<ContactField, string>;

const place = (field: ContactField, customerId: string) => ({
  table: 'customers',
  column: columnNames[field],
  recordId: customerId,
});

/** Encrypts contact data for one customer's row. */
export function sealContact(cipher: Cipher, customerId: string, details: ContactDetails): ContactColumns {
  const seal = (field: ContactField): string | null => {
    const plain = details[field];
    return plain === null ? null : cipher.encrypt(plain, place(field, customerId));
  };
  return {
    phoneEncrypted: seal('phone'),
    phoneHash: details.phone && cipher.searchHash('phone', details.phone),
    phoneLast4Hash: details.phone && cipher.searchHash('phoneLast4', details.phone.slice(-4)),
    emailEncrypted: seal('email'),
    emailHash: details.email && cipher.searchHash('email', details.email),
    wechatEncrypted: seal('wechat'),
    wechatHash: details.wechat && cipher.searchHash('wechat', details.wechat.toLowerCase()),
    addressEncrypted: seal('address'),
  };
}

const nothing: ContactDetails = { phone: null, email: null, wechat: null, address: null };

/** The columns of one field alone; null empties them. */
export function sealContactField(
  cipher: Cipher,
  customerId: string,
  field: ContactField,
  plain: string | null,
): Partial<ContactColumns> {
  const sealed = sealContact(cipher, customerId, { ...nothing, [field]: plain });
  return Object.fromEntries(Object.entries(sealed).filter(([column]) => column.startsWith(field)));
}

/** Decrypts one value of a customer's row; null stays null. */
export function openContact(
  cipher: Cipher,
  customerId: string,
  field: ContactField,
  sealed: string | null,
): string | null {
  return sealed === null ? null : cipher.decrypt(sealed, place(field, customerId));
}
