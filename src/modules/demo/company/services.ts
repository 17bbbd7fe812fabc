import type { Sex } from '../names/chinese-names.js';
import type { Department } from './branches.js';

export interface Service {
  readonly item: string;
  /** Yuan in the list of today. */
  readonly price: number;
  /** How often it is asked for within its department. */
  readonly weight: number;
  readonly onlyFor?: Sex;
}

/** The price list. */
export const services: Readonly<Record<Department, readonly Service[]>> = {
  hair: [
    { item: '女士剪发', price: 168, weight: 14, onlyFor: 'female' },
    { item: '男士剪发', price: 98, weight: 22, onlyFor: 'male' },
    { item: '洗吹造型', price: 68, weight: 8 },
    { item: '染发', price: 580, weight: 4 },
    { item: '烫发', price: 680, weight: 3 },
    { item: '头皮护理', price: 298, weight: 3 },
    { item: '营养焗油', price: 238, weight: 3 },
  ],
  nails: [
    { item: '单色美甲', price: 138, weight: 8 },
    { item: '款式美甲', price: 228, weight: 5 },
    { item: '手足护理', price: 168, weight: 3 },
    { item: '睫毛嫁接', price: 268, weight: 3, onlyFor: 'female' },
  ],
  skin: [
    { item: '清洁护理', price: 198, weight: 5 },
    { item: '补水护理', price: 298, weight: 6 },
    { item: '抗衰护理', price: 680, weight: 2 },
    { item: '眼部护理', price: 238, weight: 2 },
  ],
  spa: [
    { item: '精油按摩 60 分钟', price: 398, weight: 6 },
    { item: '精油按摩 90 分钟', price: 568, weight: 3 },
    { item: '肩颈舒缓', price: 238, weight: 5 },
    { item: '热石护理', price: 628, weight: 1 },
    { item: '足部护理', price: 198, weight: 4 },
  ],
  clinic: [
    { item: '皮肤检测', price: 98, weight: 2 },
    { item: '光子嫩肤', price: 980, weight: 5 },
    { item: '水光护理', price: 1_680, weight: 3 },
    { item: '激光祛斑', price: 1_280, weight: 2 },
    { item: '激光脱毛', price: 480, weight: 4 },
  ],
};

/** What people take home. */
export const products: readonly Service[] = [
  { item: '洗发水', price: 128, weight: 5 },
  { item: '护发精油', price: 158, weight: 3 },
  { item: '面膜（盒）', price: 168, weight: 5 },
  { item: '精华液', price: 398, weight: 2 },
  { item: '防晒霜', price: 188, weight: 2 },
];

/** Paid in advance, by those who come often. */
export const packages: readonly Service[] = [
  { item: '剪发十次卡', price: 1_280, weight: 4 },
  { item: '护理套餐（十次）', price: 2_680, weight: 3 },
  { item: '储值卡充值', price: 3_000, weight: 2 },
];
