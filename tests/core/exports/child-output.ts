import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { projectRoot } from '../../../src/core/paths.js';

/** What a script beside this file prints, run in a process of its own with this environment added. */
export async function childOutput(
  script: string,
  environment: Readonly<Record<string, string>>,
): Promise<Buffer> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, script)], {
    cwd: projectRoot,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return buffer(child.stdout);
}
