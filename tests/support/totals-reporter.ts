import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';
import { totalsLine } from '../../src/cli/checks/totals.js';

/** Gives the run's numbers to whoever started it: into TOTALS_FILE where that is set, else as a line of its own. */
export default class TotalsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const results = modules.flatMap((module) =>
      [...module.children.allTests()].map((test) => test.result().state),
    );
    const brokenModules = modules.filter((module) => module.errors().length > 0).length;
    const count = (state: string) => results.filter((result) => result === state).length;
    const failed = count('failed') + brokenModules + errors.length;
    const totals = { passed: count('passed'), failed, skipped: count('skipped') };
    const file = process.env['TOTALS_FILE'];
    if (file === undefined) console.log(totalsLine(totals));
    else writeFileSync(file, JSON.stringify(totals));
  }
}
