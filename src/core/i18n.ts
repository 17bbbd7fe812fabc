import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import i18next, { type TFunction } from 'i18next';
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

const instance = i18next.createInstance();
await instance.init({
  resources: Object.fromEntries(locales.map((locale) => [locale, { translation: messages[locale] }])),
  lng: 'en',
  fallbackLng: false,
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false },
  showSupportNotice: false,
});

const translators = new Map<Locale, TFunction>(locales.map((locale) => [locale, instance.getFixedT(locale)]));

/** The translator of one language. Output is plain text: templates escape it. */
export function translator(locale: Locale): Translate {
  const translate = translators.get(locale);
  if (!translate) throw new Error(`no translator for ${locale}`);
  const texts = messages[locale];
  // A page asks for hundreds: the library is for plural forms alone, which `count` tells.
  return (key, params) => {
    const text = params && 'count' in params ? undefined : texts[key];
    if (text === undefined) return translate(key, params ?? {});
    return params ? fillIn(text, params) : text;
  };
}

const placeholder = /\{\{(\w+)\}\}/g;

const fillIn = (text: string, params: MessageParams): string =>
  text.replace(placeholder, (_whole, name: string) => String(params[name] ?? ''));

/** True when the text is a key of the product's texts. */
export function isMessageKey(text: string): text is MessageKey {
  return instance.exists(text, { lng: 'en', count: 2 });
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
