import type { Reporter, TestModule } from 'vitest/node';

/** Prints the closing totals alone on a line, so that a script can read them. */
export default class TotalsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const results = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state));
    const brokenModules = modules.filter((module) => module.errors().length > 0).length;
    const count = (state: string) => results.filter((result) => result === state).length;
    const failed = count('failed') + brokenModules + errors.length;
    console.log(`${count('passed')} passed, ${failed} failed, ${count('skipped')} skipped`);
  }
}
