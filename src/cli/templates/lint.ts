import { declaredType, type Template } from '../../core/template-types.js';
import type { Finding } from './finding.js';
import { blankedMarkup, lineAt, tagsOf } from './markup.js';

type Report = (index: number, message: string) => void;

/** What the compiler cannot see: raw output, inline script and style, forms without token, words that are not translated. */
export function lintFindings(template: Template, iconNames: ReadonlySet<string>): Finding[] {
  const findings: Finding[] = [];
  const report: Report = (index, message) => {
    findings.push({ file: `views/${template.name}.ejs`, line: lineAt(template.text, index), message });
  };
  lintDeclaration(template, report);
  lintRawOutput(template, report);
  lintElements(template, report);
  lintForms(template, report);
  lintWords(template, report);
  lintIcons(template, iconNames, report);
  return findings;
}

function lintDeclaration(template: Template, report: Report): void {
  const type = declaredType(template);
  if (type === undefined)
    report(0, 'the first line must declare the view: <%# view: import("…").SomeView -%>');
  else if (/\b(any|unknown)\b/.test(type)) report(0, 'the declared view must say what it holds');
}

/** Escaping is off only where another template, or in a layout the rendered page, comes in. */
function lintRawOutput(template: Template, report: Report): void {
  for (const { kind, code, index } of tagsOf(template.text)) {
    if (kind !== '-') continue;
    const isBody = template.name.startsWith('layouts/') && code === 'view.body';
    if (!isBody && !isOneInclude(code))
      report(index, '<%- is only for include(…), and for view.body in a layout');
  }
}

function isOneInclude(code: string): boolean {
  if (!code.startsWith('include(')) return false;
  let depth = 0;
  for (const [index, character] of Array.from(code).entries()) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (character === ')' && depth === 0) return index === code.length - 1;
  }
  return false;
}

/** The content security policy lets none of these work. */
function lintElements(template: Template, report: Report): void {
  for (const { 0: element, index } of blankedMarkup(template.text).matchAll(/<[a-z][^>]*>/gi)) {
    if (/^<style\b|\sstyle\s*=/i.test(element))
      report(index, 'no inline style: use a class of public/app.css');
    if (/^<script\b(?![^>]*\ssrc=)/i.test(element)) report(index, 'no inline script: use public/app.js');
    if (/\s(on[a-z]+|hx-on\S*)\s*=|javascript:/i.test(element))
      report(index, 'no inline event handler: use public/app.js');
  }
}

function lintForms(template: Template, report: Report): void {
  const markup = blankedMarkup(template.text);
  for (const { 0: element, index } of markup.matchAll(/<form\b[^>]*>/gi)) {
    const method = /\smethod="(\w+)"/i.exec(element)?.[1]?.toLowerCase();
    if (method === undefined) report(index, 'a form must write out its method');
    if (method !== 'post') continue;
    const end = markup.indexOf('</form', index);
    const content = template.text.slice(index, end === -1 ? undefined : end);
    const isGuarded = ['name="_csrf" value="<%= view.csrfToken %>"', "include('/personal-links/_nonce'"];
    if (!isGuarded.some((guard) => content.includes(guard)))
      report(index, 'a form that posts needs the hidden field _csrf');
  }
}

const letter = /\p{L}/u;
const spokenAttribute = /\s(title|alt|placeholder|aria-label|aria-description)="([^"]*)"/giu;

/** Words on the page come from the texts of the product, in the reader's language. */
function lintWords(template: Template, report: Report): void {
  const markup = blankedMarkup(template.text).replace(/<(code|kbd)\b[^>]*>[^<]*<\/\1>/gi, (match) =>
    ' '.repeat(match.length),
  );
  for (const { 0: attribute, 2: value, index } of markup.matchAll(spokenAttribute)) {
    if (letter.test(value ?? '')) report(index, `not translated:${attribute}`);
  }
  for (const { 0: text, index } of markup.matchAll(/(?<=^|>)[^<>]+(?=<|$)/g)) {
    const words = text.replace(/&#?\w+;/g, '').trim();
    if (letter.test(words)) report(index + text.indexOf(text.trim()), `not translated: ${words}`);
  }
  for (const { kind, code, index } of tagsOf(template.text)) {
    const sentence = kind === '=' ? /(['"`])\s*(\p{Lu}\p{Ll}|\p{Lo})[^'"`]*\1/u.exec(code) : null;
    if (sentence) report(index, `not translated: ${sentence[0]}`);
  }
}

function lintIcons(template: Template, iconNames: ReadonlySet<string>, report: Report): void {
  for (const { 1: name = '', index } of template.text.matchAll(/\bicon: '([^']*)'/g)) {
    if (!iconNames.has(name)) report(index, `public/icons.css has no icon ${name}`);
  }
}
