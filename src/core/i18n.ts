import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type en from '../locales/en.json';
import { projectRoot } from './paths.js';

export const locales = ['en', 'zh-CN'] as const;
export type Locale = (typeof locales)[number];

type PluralBase<Key> = Key extends `${infer Base}_one` ? Base : Key extends `${string}_other` ? never : Key;

/** Every text of the product by its key; plural forms (`_one`, `_other`) are one key and take `count`. */
export type MessageKey = PluralBase<keyof typeof en>;
export type MessageParams = Readonly<Record<string, string | number>>;
export type Translate = (key: MessageKey, params?: MessageParams) => string;

const readMessages = (locale: Locale): Record<string, string> =>
  z
    .record(z.string(), z.string())
    .parse(JSON.parse(readFileSync(join(projectRoot, 'src/locales', `${locale}.json`), 'utf8')));

const messages: Readonly<Record<Locale, Readonly<Record<string, string>>>> = {
  en: readMessages('en'),
  'zh-CN': readMessages('zh-CN'),
};

/** Which form of a text a count takes: English has `one` and `other`, Chinese `other` alone. */
const pluralRules: Readonly<Record<Locale, Intl.PluralRules>> = {
  en: new Intl.PluralRules('en'),
  'zh-CN': new Intl.PluralRules('zh-CN'),
};

/**
 * The translator of one language. Output is plain text: templates escape it. A page asks for hundreds of texts, so all it
 * does is to look up one and to fill in its parameters.
 */
export function translator(locale: Locale): Translate {
  const texts = messages[locale];
  const rules = pluralRules[locale];
  return (key, params) => {
    const text =
      texts[key] ?? texts[pluralKey(key, params?.['count'], rules)] ?? texts[`${key}_other`] ?? key;
    return params ? fillIn(text, params) : text;
  };
}

const pluralKey = (key: string, count: string | number | undefined, rules: Intl.PluralRules): string =>
  `${key}_${rules.select(Number(count ?? 0))}`;

const placeholder = /\{\{(\w+)\}\}/g;

const fillIn = (text: string, params: MessageParams): string =>
  text.replace(placeholder, (_whole, name: string) => String(params[name] ?? ''));

/** True when the text is a key of the product's texts. */
export function isMessageKey(text: string): text is MessageKey {
  return Object.hasOwn(messages.en, text) || Object.hasOwn(messages.en, `${text}_other`);
}

/** The first language of an Accept-Language header that the product speaks, else English. */
export function preferredLocale(acceptLanguage: string | undefined): Locale {
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', quality = 'q=1'] = part.trim().split(';');
      return { tag: tag.toLowerCase(), quality: Number(quality.replace('q=', '')) || 0 };
    })
    .sort((left, right) => right.quality - left.quality);
  for (const { tag } of wanted) {
    if (tag.startsWith('zh')) return 'zh-CN';
    if (tag.startsWith('en')) return 'en';
  }
  return 'en';
}

/** The locale if the product speaks it. */
export function asLocale(text: string | null | undefined): Locale | undefined {
  return locales.find((locale) => locale === text);
}
