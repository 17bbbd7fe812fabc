import { describe, expect, test } from 'vitest';
import { checkTemplates, iconNames } from '../../src/cli/templates/check.js';
import type { Finding } from '../../src/cli/templates/finding.js';
import { navigation } from '../../src/core/navigation.js';
import { readTemplates, type Template, templateTypesModule } from '../../src/core/template-types.js';

const shipped = readTemplates();

const declared = (type: string, ...lines: string[]): string => [`<%# view: ${type} -%>`, ...lines].join('\n');

/** Templates with one mistake each, by name. */
const mistakes: Readonly<Record<string, string>> = {
  'try/misspelt': declared('{ name: string }', '<p>', '<%= view.nmae %>', '</p>'),
  'try/date': declared('{ at: Date }', '<p><%= view.at %></p>'),
  'try/absent': declared('{ name: string | undefined }', '<p><%= view.name %></p>'),
  'try/flag': declared('{ isOpen: boolean }', '<p><%= view.isOpen %></p>'),
  'try/key': declared('{}', "<p><%= view.t('no.such.key') %></p>"),
  'try/argument': declared(
    '{ name: string }',
    '<% if (view.name) { -%>',
    "<%- include('/partials/badge', {",
    '  view: { ...view, text: 1, colour: "green" },',
    '}) %>',
    '<% } -%>',
  ),
  'try/lacking': declared('{}', "<%- include('../partials/badge', { view: { ...view, text: 'x' } }) %>"),
  'try/unknown': declared('{}', "<%- include('/partials/bagde', { view }) %>"),
  'try/statement': declared(
    '{ names: readonly string[] }',
    '<% for (const name of view.name) { %>',
    '<%= name %>',
    '<% } %>',
  ),
  'try/syntax': declared('{}', '<p></p>', '<% if (true) { %>'),
  'try/unclosed': declared('{}', '<p><%= view.t </p>'),
  'try/undeclared': '<p></p>',
  'try/anything': declared('any', '<p></p>'),
  'try/raw': declared('{ name: string }', '<p>', '<%- view.name %></p>'),
  'try/raw-after-include': declared(
    '{ name: string }',
    "<%- include('/partials/icon', { view: { ...view, icon: 'x' } }) + view.name %>",
  ),
  'try/body': declared('{ body: string }', '<%- view.body %>'),
  'try/style': declared('{}', '<p style="color: red"></p>'),
  'try/script': declared('{}', '<script>alert(1)</script>'),
  'try/handler': declared('{}', '<p', ' onclick="alert(1)"></p>'),
  'try/token': declared('{}', '<form method="post" action="/x"><button type="submit"></button></form>'),
  'try/words': declared('{}', '<p>', '  <b>Hello</b></p>'),
  'try/chinese': declared('{}', '<p title="你好"></p>'),
  'try/sentence': declared('{ isOpen: boolean }', "<p><%= view.isOpen ? 'Open now' : '' %></p>"),
  'try/icon': declared('{}', "<%- include('/partials/icon', { view: { ...view, icon: 'no-such-icon' } }) %>"),
};

describe('mistakes in templates', () => {
  const broken: Template[] = Object.entries(mistakes).map(([name, text]) => ({ name, text }));
  const findings = checkTemplates([...shipped, ...broken]);
  const findingsIn = (name: string): Finding[] => findings.filter(({ file }) => file === `views/${name}.ejs`);

  test.each([
    ['try/misspelt', 3, /'nmae' does not exist/],
    ['try/date', 2, /'Date' is not assignable to parameter of type 'string \| number'/],
    ['try/absent', 2, /'string \| undefined' is not assignable/],
    ['try/flag', 2, /'boolean' is not assignable/],
    ['try/key', 2, /"no\.such\.key"/],
    ['try/argument', 4, /'number' is not assignable to type 'string'/],
    ['try/lacking', 2, /'colour' is missing/],
    ['try/unknown', 2, /"\/partials\/bagde"/],
    ['try/statement', 2, /'name' does not exist/],
    ['try/syntax', 3, /'}' expected/],
    ['try/unclosed', 1, /matching close tag/],
    ['try/undeclared', 1, /must declare the view/],
    ['try/anything', 1, /must say what it holds/],
    ['try/raw', 3, /<%- is only for/],
    ['try/raw-after-include', 2, /<%- is only for/],
    ['try/body', 2, /<%- is only for/],
    ['try/style', 2, /no inline style/],
    ['try/script', 2, /no inline script/],
    ['try/handler', 2, /no inline event handler/],
    ['try/token', 2, /needs the hidden field _csrf/],
    ['try/words', 3, /not translated: Hello/],
    ['try/chinese', 2, /not translated: title="你好"/],
    ['try/sentence', 2, /not translated: 'Open now'/],
    ['try/icon', 2, /no icon no-such-icon/],
  ])('%s is found in line %i', (name, line, message) => {
    const found = findingsIn(name);
    expect(found.map((finding) => finding.message).join('\n')).toMatch(message);
    expect(found.map((finding) => finding.line)).toContain(line);
  });

  test('the templates of the product have none', () => {
    expect(findings.filter(({ file }) => !file.startsWith('views/try/'))).toEqual([]);
  });
});

test('declared views are collected with their imports relative to the generated module', () => {
  const text = declared('import("../../src/core/views/error-view.js").ErrorView', '<p></p>');
  expect(templateTypesModule([{ name: 'errors/error', text }])).toBe(
    "export interface Templates {\n  'errors/error': import('../core/views/error-view.js').ErrorView;\n}\n",
  );
});

test('R6.7 every icon of the navigation exists', () => {
  const icons = navigation.flatMap((group) => group.items.map((item) => item.icon));
  expect(icons.filter((icon) => !iconNames().has(icon))).toEqual([]);
});
