import { createRandom } from '../random.js';
import type { DemoCustomer } from './customer.js';

const everyHowMany = 60;
const offset = 30;

const words = ['恒信', '云帆', '启明', '嘉禾', '盛泰', '远航', '同创', '瑞丰', '蓝海', '博雅'] as const;
const trades = ['科技', '贸易', '文化传媒', '建筑工程', '物流', '酒店管理'] as const;

/** One customer in sixty is a firm that buys for its people: nobody's gender, no birthday, nothing personal. */
export const withFirms = (seed: string, customers: readonly DemoCustomer[]): DemoCustomer[] =>
  customers.map((customer, index) => (index % everyHowMany === offset ? asFirm(seed, customer) : customer));

function asFirm(seed: string, customer: DemoCustomer): DemoCustomer {
  const random = createRandom(seed, 'firm', customer.id);
  const place = customer.branch.city.replace(/市$/, '');
  return {
    ...customer,
    kind: 'company',
    person: {
      ...customer.person,
      isForeign: false,
      name: `${place}${random.pick(words)}${random.pick(trades)}有限公司`,
    },
    ...{ gender: null, birthDate: null, birthCalendar: 'solar', remark: null, wechat: null },
  };
}
