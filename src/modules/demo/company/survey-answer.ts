import type { Locale } from '../../../core/i18n.js';
import { levelOf, shippedReasons, type ReasonLevel } from '../../surveys/survey-reasons.js';
import type { Random } from '../random.js';

/** How somebody rated a request. */
export interface DemoAnswer {
  readonly serviceScore: number;
  readonly staffScore: number;
  readonly reasons: readonly string[];
  readonly comment: string | null;
}

/** How often a score is given, from 1 to 5: most are pleased, and who is not says so. */
const shares = [4, 5, 11, 27, 53];
const scores = [1, 2, 3, 4, 5];

const comments: Readonly<Record<ReasonLevel, Readonly<Record<Locale, readonly string[]>>>> = {
  low: {
    'zh-CN': ['等了很久，没有人解释原因。', '问题还是没有解决，打了两次电话。'],
    en: ['Nobody told me why it took so long.', 'I had to call twice and it is still not right.'],
  },
  middle: {
    'zh-CN': ['还可以，就是停车不方便。', '结果一般，态度不错。'],
    en: ['Fine in the end, but I had expected it sooner.'],
  },
  high: {
    'zh-CN': ['很耐心，下次还来。', '处理得很快，谢谢！', '给了补偿，很满意。'],
    en: ['Very kind and quick, thank you!', 'Moved my appointment within minutes.'],
  },
};

/** An answer: few give reasons, fewer a word of their own. */
export function createAnswer(random: Random, locale: Locale): DemoAnswer {
  const serviceScore = random.weighted(scores, (score) => shares[score - 1] ?? 0);
  const staffScore = random.chance(0.75) ? serviceScore : Math.min(5, serviceScore + 1);
  const level = levelOf(serviceScore);
  return {
    ...{ serviceScore, staffScore },
    reasons: random.chance(level === 'high' ? 0.25 : 0.6) ? [random.pick(shippedReasons[level])] : [],
    comment: random.chance(level === 'high' ? 0.15 : 0.4) ? random.pick(comments[level][locale]) : null,
  };
}
