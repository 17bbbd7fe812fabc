import { asDate, type DayNumber } from '../days.js';
import { createRandom } from '../random.js';

export type Department = 'hair' | 'nails' | 'skin' | 'spa' | 'clinic';

export interface DemoBranch {
  readonly id: string;
  readonly name: string;
  readonly teamId: string;
  readonly teamName: string;
  readonly city: string;
  readonly district: string;
  /** City and district for those who write their address in Latin letters. */
  readonly latinPlace: string;
  /** Cities from which customers come besides. */
  readonly nearbyCities: readonly string[];
  readonly departments: readonly Department[];
  /** First letters of its receipts. */
  readonly receiptPrefix: string;
  /** What things cost here, 1 being the list price. */
  readonly priceLevel: number;
  /** How many of the chain's customers come here. */
  readonly weight: number;
  readonly openedOn: DayNumber;
}

type Plan = Omit<DemoBranch, 'id' | 'teamId' | 'openedOn'> & { readonly yearsOpen: number };

const salon: readonly Department[] = ['hair', 'nails', 'skin'];

const plans: readonly Plan[] = [
  {
    name: '上海静安店',
    teamName: '静安团队',
    city: '上海',
    district: '静安区',
    latinPlace: "Jing'an, Shanghai",
    nearbyCities: ['苏州', '昆山', '嘉兴'],
    departments: [...salon, 'spa', 'clinic'],
    receiptPrefix: 'SH',
    priceLevel: 1.15,
    weight: 0.3,
    yearsOpen: 4,
  },
  {
    name: '北京朝阳店',
    teamName: '朝阳团队',
    city: '北京',
    district: '朝阳区',
    latinPlace: 'Chaoyang, Beijing',
    nearbyCities: ['廊坊', '天津'],
    departments: [...salon, 'spa'],
    receiptPrefix: 'BJ',
    priceLevel: 1.12,
    weight: 0.24,
    yearsOpen: 4,
  },
  {
    name: '广州天河店',
    teamName: '天河团队',
    city: '广州',
    district: '天河区',
    latinPlace: 'Tianhe, Guangzhou',
    nearbyCities: ['佛山', '东莞', '深圳'],
    departments: salon,
    receiptPrefix: 'GZ',
    priceLevel: 1.04,
    weight: 0.19,
    yearsOpen: 3.4,
  },
  {
    name: '成都锦江店',
    teamName: '锦江团队',
    city: '成都',
    district: '锦江区',
    latinPlace: 'Jinjiang, Chengdu',
    nearbyCities: ['德阳', '眉山'],
    departments: [...salon, 'spa'],
    receiptPrefix: 'CD',
    priceLevel: 0.9,
    weight: 0.15,
    yearsOpen: 2.6,
  },
  {
    name: '杭州西湖店',
    teamName: '西湖团队',
    city: '杭州',
    district: '西湖区',
    latinPlace: 'Xihu, Hangzhou',
    nearbyCities: ['绍兴', '湖州'],
    departments: salon,
    receiptPrefix: 'HZ',
    priceLevel: 1,
    weight: 0.12,
    yearsOpen: 1.7,
  },
];

/** The branches of the chain, the oldest first, each with one team. */
export function createBranches(seed: string, today: DayNumber): DemoBranch[] {
  return plans.map(({ yearsOpen, ...plan }) => {
    const random = createRandom(seed, 'branch', plan.name);
    const openedOn = today - Math.round(yearsOpen * 365.25);
    return {
      ...plan,
      openedOn,
      id: random.uuid(asDate(openedOn)),
      teamId: random.uuid(asDate(openedOn)),
    };
  });
}
