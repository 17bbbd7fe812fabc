import { sealEmail, sealPhone } from '../../customer-contacts/sealed-reach.js';
import { createProfile, type DemoTag } from '../company/profile.js';
import type { DemoPart } from '../demo-part.js';
import { insertRows } from '../insert-rows.js';
import { createRandom } from '../random.js';

const names = ['陈静', '刘洋', '赵敏', '黄磊', '周婷', '吴昊', '徐丽', '孙强'];
const positions = ['助理', '行政', '财务', '司机'];
const corporate: DemoTag = '企业客户';

/** Who can be called instead of customers that come on behalf of a firm. */
export const customerContactsPart: DemoPart = {
  name: 'customer-contacts',
  async fill({ tx, deps: { cipher } }, { seed, customers }) {
    const rows = customers
      .filter((customer) => createProfile(seed, customer).tags.includes(corporate))
      .map((customer) => {
        const random = createRandom(seed, 'customer-contacts', customer.id);
        const id = random.uuid(customer.createdAt);
        const phone = sealPhone(cipher, id, `+86139${random.integer(10_000_000, 99_999_999)}`);
        const email = sealEmail(cipher, id, `office${random.integer(100, 999)}@example.cn`);
        return {
          id,
          customer_id: customer.id,
          name: random.pick(names),
          position: random.pick(positions),
          phone_encrypted: phone.phoneEncrypted,
          phone_hash: phone.phoneHash,
          phone_last4_hash: phone.phoneLast4Hash,
          email_encrypted: email.emailEncrypted,
          email_hash: email.emailHash,
          is_primary: true,
          version: 1,
          created_at: customer.createdAt.toISOString(),
          updated_at: customer.createdAt.toISOString(),
        };
      });
    await insertRows(tx, 'customer_contacts', rows);
  },
};
