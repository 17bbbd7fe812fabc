import type { Cipher } from '../../../core/cipher.js';
import { sealContact } from '../../customers/contact-details.js';
import { spellName } from '../../customers/customer-name.js';
import { skipUsedNumbers } from '../../customers/customer-numbers.js';
import type { DemoCustomer } from '../company/customer.js';
import { createProfile, type DemoProfile } from '../company/profile.js';
import type { DemoPart } from '../demo-part.js';
import { insertRows } from '../insert-rows.js';

/** The customers, numbered as they came; some in the public pool, a few in the recycle bin. */
export const customersPart: DemoPart = {
  name: 'customers',
  async fill({ deps, tx }, { seed, customers }) {
    const rows = customers.map((customer, index) => ({
      ...customerRow(customer),
      ...profileRow(createProfile(seed, customer)),
      ...contactRow(deps.cipher, customer),
      customer_no: `C${String(index + 1).padStart(6, '0')}`,
    }));
    await insertRows(tx, 'customers', rows);
    await skipUsedNumbers(tx);
  },
};

function customerRow({ person, branch, owner, deletion, createdAt, ...customer }: DemoCustomer) {
  const spelling = spellName(person.name);
  return {
    id: customer.id,
    kind: customer.kind,
    name: person.name,
    name_pinyin: spelling.pinyin,
    name_initials: spelling.initials,
    gender: customer.gender,
    birth_date: customer.birthDate,
    birth_calendar: customer.birthCalendar,
    city: customer.city,
    source: customer.source,
    first_visit_on: customer.firstVisitOn,
    remark: customer.remark,
    branch_id: branch.id,
    team_id: owner ? branch.teamId : null,
    owner_id: owner?.id ?? null,
    deleted_at: deletion?.at.toISOString() ?? null,
    deleted_by_id: deletion?.by.id ?? null,
    version: 1,
    created_at: createdAt.toISOString(),
    updated_at: (deletion?.at ?? createdAt).toISOString(),
  };
}

const profileRow = ({ habits, preferences, needs, customValues }: DemoProfile) => ({
  habits,
  preferences,
  needs,
  custom_values: customValues,
});

function contactRow(cipher: Cipher, customer: DemoCustomer) {
  const sealed = sealContact(cipher, customer.id, customer);
  return {
    phone_encrypted: sealed.phoneEncrypted,
    phone_hash: sealed.phoneHash,
    phone_last4_hash: sealed.phoneLast4Hash,
    email_encrypted: sealed.emailEncrypted,
    email_hash: sealed.emailHash,
    wechat_encrypted: sealed.wechatEncrypted,
    wechat_hash: sealed.wechatHash,
    address_encrypted: sealed.addressEncrypted,
  };
}
