import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { isMessageKey } from '../../src/core/i18n.js';
import { sourceFiles } from './sources.js';

const texts = new Map(
  sourceFiles('src/locales', '.json').map(({ path, text }) => [
    path.replace(/^.*\/|\.json$/g, ''),
    new Map(Object.entries(z.record(z.string(), z.string()).parse(JSON.parse(text)))),
  ]),
);
const english = texts.get('en') ?? new Map<string, string>();
const chinese = texts.get('zh-CN') ?? new Map<string, string>();

const sources = [...sourceFiles('src', '.ts'), ...sourceFiles('views', '.ejs')];
const code = sources.map(({ text }) => text).join('\n');
const words = new Set(code.match(/\w+/g));
const strings = new Set([...code.matchAll(/(['"`])([^'"`\n]+)(?=\1)/g)].map(([, , text]) => text));

/** The name of the other language is written in that language, so that whoever needs it can read it. */
const namesOfLanguages = ['frame.otherLanguage'];

const hanOrFullWidth = /[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u;
/** What is put into a text. A singular may leave its number out: "one purchase". */
function variablesOf(key: string, text = ''): string[] {
  const names = [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '');
  return names.filter((name) => !(key.endsWith('_one') && name === 'count')).sort();
}

const withoutPlural = (key: string): string => key.replace(/_(one|other)$/, '');

describe('R6.7 both languages are complete', () => {
  test('both have the same keys', () => {
    expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
    expect(english.size).toBeGreaterThan(100);
  });

  test('both put the same values into each text', () => {
    for (const [key, text] of english) {
      expect(variablesOf(key, chinese.get(key)), key).toEqual(variablesOf(key, text));
    }
  });

  test('no text is empty or has blanks around it', () => {
    const untidy = [...english, ...chinese].filter(
      ([key, text]) => text === '' || (text !== text.trim() && !key.endsWith('eparator')),
    );
    expect(untidy.map(([key]) => key)).toEqual([]);
  });

  test('no English text holds Chinese characters or punctuation', () => {
    const mixed = [...english].filter(
      ([key, text]) => !namesOfLanguages.includes(key) && hanOrFullWidth.test(text),
    );
    expect(mixed.map(([key]) => key)).toEqual([]);
  });
});

describe('R6.7 texts and code fit together', () => {
  test('every text is used', () => {
    const templates = [...code.matchAll(/`([a-z]\w*\.(?:[^`\s$]|\$\{[^}`]*\})*)`/gi)].map(
      ([, text = '']) => text,
    );
    const patterns = templates.filter((text) => text.includes('${')).map(keyPattern);
    const isBuilt = (key: string): boolean =>
      patterns.some(
        (pattern) =>
          pattern
            .exec(key)
            ?.slice(1)
            .every((part) => isInCode(part)) ?? false,
      );
    const keys = [...english.keys()].map(withoutPlural);
    expect(keys.filter((key) => !isInCode(key) && !isBuilt(key))).toEqual([]);
  });

  test('every text that a template asks for is there', () => {
    const views = sourceFiles('views', '.ejs');
    const asked = views.flatMap(({ text }) =>
      [...text.matchAll(/\bt\(\s*'([^']+)'/g)].map(([, key]) => key ?? ''),
    );
    expect(asked.filter((key) => !isMessageKey(key))).toEqual([]);
    expect(asked.length).toBeGreaterThan(50);
  });
});

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** True when a text stands in the code as a string, or as a name. */
const isInCode = (text: string): boolean => strings.has(text) || words.has(text);

/** `customers.gender.${gender}` may stand for any key with something in that place. */
function keyPattern(template: string): RegExp {
  return new RegExp(
    `^${template
      .split(/\$\{[^}]*\}/)
      .map(escaped)
      .join('(.+)')}$`,
  );
}
