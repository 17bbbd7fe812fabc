import { describe, expect, test } from 'vitest';
import { declaredType, readTemplates } from '../../src/core/template-types.js';
import { sourceFiles } from './sources.js';

const templates = readTemplates();

/** Names of the templates whose text, without comments, matches. */
const matching = (pattern: RegExp): string[] =>
  templates.filter(({ text }) => pattern.test(text.replace(/<%#.*?%>/gs, ''))).map(({ name }) => name);

describe('R5.6 templates', () => {
  test('the first line of each declares the type of its view', () => {
    expect(
      templates.filter((template) => declaredType(template) === undefined).map(({ name }) => name),
    ).toEqual([]);
  });

  test('nothing is printed unescaped but other templates and the body of the layout', () => {
    const raw = templates.flatMap(({ name, text }) =>
      [...text.matchAll(/<%-(?!\s*(?:include\(|view\.body\s*%>))[^%]*/g)].map(
        ([found]) => `${name}: ${found}`,
      ),
    );
    expect(raw).toEqual([]);
    expect(matching(/<%-\s*view\.body/).every((name) => name.startsWith('layouts/'))).toBe(true);
  });

  test('none holds script, style or handlers, which the content security policy would stop', () => {
    expect(matching(/<script(?![^>]*\ssrc=)[^>]*>/i), 'script').toEqual([]);
    expect(matching(/<style[\s>]/i), 'style').toEqual([]);
    expect(matching(/\sstyle\s*=/i), 'style attributes').toEqual([]);
    expect(matching(/<[^%>]*\son[a-z]+\s*=/i), 'handlers').toEqual([]);
    expect(matching(/javascript:/i), 'javascript: addresses').toEqual([]);
    expect(matching(/\shx-on|\bhx-vals\s*=\s*["']js:/i), 'script in htmx attributes').toEqual([]);
  });

  test('every form that sends by POST carries the token, or the nonce of a personal page', () => {
    const forms = templates.flatMap(({ name, text }) =>
      [...text.matchAll(/<form[^>]*method="post".*?<\/form>/gis)].map(([form]) => ({ name, form })),
    );
    expect(
      forms
        .filter(({ form }) => !/name="_csrf"|include\('\/personal-links\/_nonce'/.test(form))
        .map(({ name }) => name),
    ).toEqual([]);
    expect(forms.length).toBeGreaterThan(0);
  });

  test('each is shown or included by something', () => {
    const users = [...sourceFiles('src', '.ts'), ...sourceFiles('views', '.ejs')]
      .map(({ text }) => text)
      .join('\n');
    const unused = templates.filter(({ name }) => !new RegExp(`['"\`/]${name}['"\`]`).test(users));
    expect(unused.map(({ name }) => name)).toEqual([]);
  });
});
