/**
 * `npm test`: everything that checks the product, ending with one line of totals; exit code 1 on any failure.
 * `npm test -- customers` runs only the test files whose path contains the word, and no other check.
 */
import { generateTemplateTypes } from '../core/template-types.js';
import { runChecks, type Check, type CheckResult } from './checks/run-check.js';
import { runTests } from './checks/run-tests.js';
import { totalsLine } from './checks/totals.js';

/** The slowest first, so that the short ones fill the time beside it. */
const checks: readonly Check[] = [
  { name: 'lint', command: ['node_modules/eslint/bin/eslint.js', '--max-warnings', '0', '.'] },
  { name: 'types', command: ['node_modules/typescript/bin/tsc', '--noEmit'] },
  { name: 'views', command: ['dist/cli/check-views.js'] },
  { name: 'format', command: ['node_modules/prettier/bin/prettier.cjs', '--check', '.'] },
  { name: 'schema', command: ['dist/cli/check-schema.js'] },
];
const checksAtOnce = 2;

const words = process.argv.slice(2);
generateTemplateTypes();
const results = words.length > 0 ? [] : await runChecks(checks, checksAtOnce, report);
console.log('tests');
const tests = await runTests(words);
const failedChecks = results.filter(({ passed }) => !passed).length;
const totals = {
  passed: tests.passed + results.length - failedChecks,
  failed: tests.failed + failedChecks,
  skipped: tests.skipped,
};
if (totals.failed > 0) process.exitCode = 1;
console.log(totalsLine(totals));

function report({ name, passed, seconds, output }: CheckResult): void {
  console.log(`${name} ${passed ? 'passed' : 'FAILED'} (${seconds.toFixed(1)} s)`);
  if (!passed) console.log(output);
}
