import { spawn } from 'node:child_process';
import { projectRoot } from '../../core/paths.js';

/** One thing to check: what node runs, and how the report calls it. Its exit code says whether it passed. */
export interface Check {
  readonly name: string;
  readonly command: readonly string[];
}

export interface CheckResult {
  readonly name: string;
  readonly passed: boolean;
  readonly seconds: number;
  /** What the check printed, errors and the rest in the order in which they came. */
  readonly output: string;
}

/** Runs a check in a process of its own and keeps its output. */
export async function runCheck(check: Check): Promise<CheckResult> {
  const start = performance.now();
  const child = spawn(process.execPath, check.command, {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const parts: Buffer[] = [];
  child.stdout.on('data', (part: Buffer) => parts.push(part));
  child.stderr.on('data', (part: Buffer) => parts.push(part));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const seconds = (performance.now() - start) / 1_000;
  return { name: check.name, passed: code === 0, seconds, output: Buffer.concat(parts).toString('utf8') };
}

/** Runs checks, `atOnce` of them at a time, in their order; `report` hears of each as it ends. */
export async function runChecks(
  checks: readonly Check[],
  atOnce: number,
  report: (result: CheckResult) => void,
): Promise<CheckResult[]> {
  const waiting = [...checks];
  const results: CheckResult[] = [];
  const work = async (): Promise<void> => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const result = await runCheck(check);
      report(result);
      results.push(result);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
}
