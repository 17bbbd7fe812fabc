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

/** The names of the icons in public/icons.css. */
export function iconNames(): ReadonlySet<string> {
  const styles = readFileSync(join(projectRoot, 'public/icons.css'), 'utf8');
  return new Set([...styles.matchAll(/^\.icon-([\w-]+) \{/gm)].map(({ 1: name = '' }) => name));
}
