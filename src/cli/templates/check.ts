import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../core/paths.js';
import type { Template } from '../../core/template-types.js';
import type { Finding } from './finding.js';
import { lintFindings } from './lint.js';
import { typeFindings } from './type-check.js';

/** Everything wrong with the templates, in the order of their files and lines. All includes must be among them. */
export function checkTemplates(templates: readonly Template[]): Finding[] {
  const icons = iconNames();
  const findings = [
    ...typeFindings(templates),
    ...templates.flatMap((template) => lintFindings(template, icons)),
  ];
  return findings.sort((left, right) => left.file.localeCompare(right.file) || left.line - right.line);
}

/** The names of the symbols in public/icons.svg. */
export function iconNames(): ReadonlySet<string> {
  const sprite = readFileSync(join(projectRoot, 'public/icons.svg'), 'utf8');
  return new Set([...sprite.matchAll(/<symbol id="([^"]+)"/g)].map(({ 1: name = '' }) => name));
}
