import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { projectRoot } from '../../src/core/paths.js';

vi.setConfig({ testTimeout: 60_000 });

test('R6.1 npm run demo says in a sentence that it is for this machine alone', () => {
  const dataDirectory = join(tmpdir(), `demo-refused-${process.pid}`);
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/cli/launch.js', 'cli/demo'], {
    cwd: projectRoot,
    env: { ...process.env, BASE_URL: '', HOST: '0.0.0.0', DATA_DIR: dataDirectory },
    encoding: 'utf8',
  });
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toBe(
    'The demo is for this machine alone and does not listen on 0.0.0.0. Leave HOST out, or set it to 127.0.0.1.\n',
  );
  expect(existsSync(dataDirectory)).toBe(false);
});
