import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { projectRoot } from '../core/paths.js';

/** `npm run bench`: the benchmark stands with the tests, which are not transpiled; this runs it over the product that is. */
const child = spawn(process.execPath, ['--import', 'tsx', 'tests/bench/bench.ts', ...process.argv.slice(2)], {
  cwd: projectRoot,
  stdio: 'inherit',
});
await once(child, 'close');
process.exitCode = child.exitCode ?? 1;
