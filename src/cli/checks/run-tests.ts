import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../core/paths.js';
import { Totals } from './totals.js';

/**
 * Runs the tests whose path contains one of the words, or all of them, showing what they print as they run.
 * @returns their numbers; a run that broke down before or beside its tests counts as one failure.
 */
export async function runTests(words: readonly string[]): Promise<Totals> {
  const folder = await mkdtemp(join(tmpdir(), 'service-crm-totals-'));
  const totalsFile = join(folder, 'totals.json');
  try {
    const child = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...words], {
      cwd: projectRoot,
      env: { ...process.env, TOTALS_FILE: totalsFile },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    await once(child, 'close');
    const totals = await readTotals(totalsFile);
    const brokeDown = child.exitCode !== 0 && totals.failed === 0;
    return brokeDown ? { ...totals, failed: 1 } : totals;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readTotals(file: string): Promise<Totals> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? { passed: 0, failed: 1, skipped: 0 } : Totals.parse(JSON.parse(text));
}
