import { describe, expect, test } from 'vitest';
import { runChecks, type CheckResult } from '../../src/cli/checks/run-check.js';
import { totalsLine } from '../../src/cli/checks/totals.js';

const script = (name: string, text: string) => ({ name, command: ['-e', text] });

describe('R6.8 the checks', () => {
  test('each is run, and what failed keeps everything that it printed', async () => {
    const reported: CheckResult[] = [];
    const results = await runChecks(
      [
        script('good', 'console.log("fine")'),
        script('bad', 'console.log("first"); console.error("second"); process.exitCode = 3'),
        script('killed', 'process.kill(process.pid, "SIGKILL")'),
      ],
      2,
      (result) => reported.push(result),
    );
    expect(reported).toEqual(results);
    const passed = Object.fromEntries(results.map((result) => [result.name, result.passed]));
    expect(passed).toEqual({ good: true, bad: false, killed: false });
    expect(results.find(({ name }) => name === 'bad')?.output).toMatch(/first[\s\S]*second/);
  });

  test('no more are run at once than are asked for', async () => {
    const pause = 'setTimeout(() => undefined, 300)';
    const start = performance.now();
    await runChecks([script('1', pause), script('2', pause), script('3', pause)], 1, () => undefined);
    expect(performance.now() - start).toBeGreaterThan(900);
  });

  test('the closing line is for scripts, too', () => {
    expect(totalsLine({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed');
    expect(totalsLine({ passed: 1, failed: 2, skipped: 3 })).toBe('1 passed, 2 failed, 3 skipped');
  });
});
