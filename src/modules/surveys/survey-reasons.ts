import { isMessageKey, locales, translator, type Translate } from '../../core/i18n.js';

/** Which reasons are offered: for 1 and 2, for 3, for 4 and 5. */
export const reasonLevels = ['low', 'middle', 'high'] as const;
export type ReasonLevel = (typeof reasonLevels)[number];

export type ReasonLists = Readonly<Record<ReasonLevel, readonly string[]>>;

/** Reasons that the product ships are kept as a word and shown in the reader's language; others as they were typed. */
export const shippedReasons = {
  low: ['waiting', 'result', 'manner', 'explanation', 'price', 'place'],
  middle: ['waitingSome', 'resultSome', 'explanationSome'],
  high: ['quick', 'goodResult', 'friendly', 'wellExplained'],
} as const satisfies ReasonLists;

export const reasonLimits = { perLevel: 8, length: 40 } as const;

/** The level of a score from 1 to 5. */
export const levelOf = (score: number): ReasonLevel => (score <= 2 ? 'low' : score === 3 ? 'middle' : 'high');

/** A reason in the reader's language. */
export function reasonText(t: Translate, reason: string): string {
  const key = `surveys.reason.${reason}`;
  return isMessageKey(key) ? t(key) : reason;
}

/** The reason that a text stands for: a shipped one in any language, else the text itself. */
export function reasonOf(text: string): string {
  const shipped = Object.values(shippedReasons).flat();
  return (
    shipped.find((reason) => locales.some((locale) => reasonText(translator(locale), reason) === text)) ??
    text
  );
}
