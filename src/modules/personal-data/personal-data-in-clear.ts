import type { Cipher } from '../../core/cipher.js';
import { openFileName } from '../attachments/attachment.js';
import { openReach } from '../customer-contacts/sealed-reach.js';
import { openContact } from '../customers/contact-details.js';
import { openContactPoint } from '../customers/contact-point.js';
import type { StoredPersonalData } from './personal-data.js';

/** All that is held about a person, in clear. */
export type PersonalData = ReturnType<typeof personalDataInClear>;

/** Decrypts what is held about a person; the bytes of attachments are read one by one, when they are sent. */
export function personalDataInClear(cipher: Cipher, stored: StoredPersonalData) {
  const labels = new Map(stored.custom_fields.map(({ key, label }) => [key, label]));
  return {
    profiles: stored.profiles.map(
      ({
        id,
        phone_encrypted: phone,
        email_encrypted: email,
        wechat_encrypted: wechat,
        address_encrypted: address,
        custom_values: values,
        ...profile
      }) => ({
        ...profile,
        phone: openContact(cipher, id, 'phone', phone),
        email: openContact(cipher, id, 'email', email),
        wechat: openContact(cipher, id, 'wechat', wechat),
        address: openContact(cipher, id, 'address', address),
        custom_fields: Object.entries(values).map(([key, value]) => ({
          label: labels.get(key) ?? key,
          value,
        })),
      }),
    ),
    contact_points: stored.contact_points.map(({ id, value_encrypted: sealed, ...point }) => ({
      ...point,
      value: openContactPoint(cipher, id, sealed),
    })),
    contacts: stored.contacts.map((contact) => ({
      name: contact.name,
      position: contact.position,
      phone: openReach(cipher, contact, 'phone'),
      email: openReach(cipher, contact, 'email'),
      is_primary: contact.is_primary,
      remark: contact.remark,
    })),
    purchases: stored.purchases,
    contact_records: stored.contact_records,
    follow_ups: stored.follow_ups,
    served_things: stored.things,
    service_requests: stored.service_requests,
    tags: stored.tags,
    segments: stored.segments,
    tiers: stored.tiers,
    tier_changes: stored.tier_changes,
    attachments: stored.attachments.map(({ file_name_encrypted: sealed, ...attachment }, index) => ({
      ...attachment,
      name: openFileName(cipher, attachment.id, sealed),
      // Two files may have one name, and a number in front keeps the names that some systems reserve apart.
      path: `attachments/${String(index + 1).padStart(2, '0')} ${openFileName(cipher, attachment.id, sealed)}`,
    })),
    accesses: stored.accesses,
  };
}
