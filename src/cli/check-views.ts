/**
 * Checks the templates: `node src/cli/launch.js cli/check-views`. With `--types-only` it just writes
 * src/generated/templates.ts, which type-checking the rest of the product needs.
 */
import { generateTemplateTypes, readTemplates } from '../core/template-types.js';
import { checkTemplates } from './templates/check.js';
import { findingText } from './templates/finding.js';

generateTemplateTypes();
if (!process.argv.includes('--types-only')) {
  const findings = checkTemplates(readTemplates());
  for (const finding of findings) console.error(findingText(finding));
  if (findings.length > 0) process.exitCode = 1;
}
