import type { Random } from '../random.js';
import type { Person } from './person.js';

const chinese = [
  '喜欢靠窗的位置',
  '对酒精类产品过敏',
  '头皮敏感，染发前需做皮试',
  '周末下午到店，请提前一天确认',
  '不喜欢推销，少聊天',
  '习惯找固定的技师',
  '皮肤敏感，新产品先做局部测试',
  '要开发票，抬头在微信里',
  '开车来，需要预留车位',
  '常带孩子一起来',
  '水要热的，不加冰',
  '肩颈不好，按摩力度要轻',
  '对价格比较敏感，有活动时通知',
  '生日月想安排全套护理',
  '曾经投诉等候时间太长，请准时接待',
  '微信联系，不接电话',
];

const english = [
  'Prefers English-speaking staff.',
  'Allergic to latex gloves.',
  'Please confirm appointments by e-mail.',
  'Travels a lot; usually books at short notice.',
  'Likes a quiet room.',
  'Moving home next summer.',
  'Needs an invoice for the company.',
];

/** What the staff noted about a customer; three of ten have something. */
export const createRemark = (random: Random, { isForeign }: Person): string | null =>
  random.chance(0.3) ? random.pick(isForeign ? english : chinese) : null;
