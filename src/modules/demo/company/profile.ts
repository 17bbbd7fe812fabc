import type { TagColor } from '../../tags/tag.js';
import { dayText } from '../days.js';
import { createRandom, type Random } from '../random.js';
import type { DemoCustomer } from './customer.js';

/** The tags of the chain, by name. */
export const demoTags = {
  VIP: 'yellow',
  老客户: 'green',
  敏感肌: 'red',
  'English-speaking': 'blue',
  企业客户: 'secondary',
} as const satisfies Readonly<Record<string, TagColor>>;

export type DemoTag = keyof typeof demoTags;

const skins = ['干性', '油性', '混合性', '敏感性'] as const;

/** The custom fields of the chain, in their order. */
export const demoFields = [
  { key: 'skin', label: '肤质', kind: 'choice', choices: skins },
  { key: 'member', label: '会员卡', kind: 'yesNo', choices: [] },
  { key: 'patchTestOn', label: '皮试日期', kind: 'date', choices: [] },
] as const;

/** What the staff came to know about a customer. */
export interface DemoProfile {
  readonly tags: readonly DemoTag[];
  readonly habits: string | null;
  readonly preferences: string | null;
  readonly needs: string | null;
  readonly customValues: Readonly<Record<string, string | boolean>>;
}

const habits = ['周末下午到店', '每月月初做护理', '下班后七点左右来', '喜欢提前一天预约', '常和闺蜜一起来'];
const preferences = ['喜欢安静的房间', '偏好女技师', '喜欢薰衣草精油', '不喝咖啡，喝温水', '力度偏轻'];
const needs = ['改善换季干燥', '想尝试头皮护理', '婚礼前的护理方案', '祛痘后淡化印记', '缓解肩颈酸痛'];

const firmProfile: DemoProfile = {
  tags: ['企业客户'],
  habits: null,
  preferences: null,
  needs: null,
  customValues: {},
};

/** The same for the same customer, whatever else is drawn. */
export function createProfile(seed: string, customer: DemoCustomer): DemoProfile {
  if (customer.kind === 'company') return firmProfile;
  const random = createRandom(seed, 'profile', customer.id);
  const isRegular = customer.rhythm.name === 'monthly' || customer.rhythm.name === 'fortnightly';
  const sentence = (choices: readonly string[], share: number): string | null =>
    !customer.person.isForeign && random.chance(share) ? random.pick(choices) : null;
  const customValues = createValues(random, customer, isRegular);
  return {
    tags: createTags(random, customer, isRegular, customValues['skin'] === '敏感性'),
    habits: sentence(habits, isRegular ? 0.5 : 0.15),
    preferences: sentence(preferences, 0.25),
    needs: sentence(needs, 0.15),
    customValues,
  };
}

function createValues(random: Random, customer: DemoCustomer, isRegular: boolean) {
  const values: Record<string, string | boolean> = {};
  if (random.chance(0.6)) values['skin'] = random.pick(skins);
  if (random.chance(0.8)) values['member'] = random.chance(isRegular ? 0.7 : 0.1);
  if (customer.firstVisitOn !== null && random.chance(0.2)) values['patchTestOn'] = dayText(customer.since);
  return values;
}

function createTags(
  random: Random,
  customer: DemoCustomer,
  isRegular: boolean,
  isSensitive: boolean,
): DemoTag[] {
  const tags: DemoTag[] = [];
  if (isRegular && random.chance(0.15)) tags.push('VIP');
  if (isRegular && random.chance(0.6)) tags.push('老客户');
  if (isSensitive) tags.push('敏感肌');
  if (customer.person.isForeign) tags.push('English-speaking');
  if (random.chance(0.04)) tags.push('企业客户');
  return tags;
}
