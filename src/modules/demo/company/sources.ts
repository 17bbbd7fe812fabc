import type { Random } from '../random.js';

/** How customers came to know of the chain: shares four years ago and today. */
const sources: readonly (readonly [source: string | null, before: number, now: number])[] = [
  ['门店', 32, 18],
  ['朋友推荐', 20, 18],
  ['大众点评', 19, 16],
  ['美团', 10, 9],
  ['微信公众号', 6, 4],
  ['电话', 5, 1.5],
  ['小红书', 3, 17],
  ['抖音', 1.5, 11],
  ['官网', 1.5, 1.5],
  ['社区活动', 1, 1.5],
  [null, 1, 2.5],
];

/** @param recency 0 for a customer of four years ago, 1 for one of today */
export const createSource = (random: Random, recency: number): string | null =>
  random.weighted(sources, ([, before, now]) => before + (now - before) * recency)[0];
