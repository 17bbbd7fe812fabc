import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { projectRoot } from '../../src/core/paths.js';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const isRoot = process.getuid?.() === 0;
const ordinaryUser = { uid: 65_534, gid: 65_534 };

const schema = (columns: string) => `
  generator client {
    provider               = "prisma-client"
    output                 = "../src/generated/prisma"
    runtime                = "nodejs"
    moduleFormat           = "esm"
    importFileExtension    = "js"
    generatedFileExtension = "ts"
  }
  datasource db {
    provider = "postgresql"
  }
  model Note {
    id Int @id
    ${columns}
  }`;

const main = `
  import { Prisma } from './generated/prisma/client.js';
  import { greeting } from './greeting.js';
  const fields: string[] = Object.keys(Prisma.NoteScalarFieldEnum);
  console.log([greeting, ...fields, ...process.argv.slice(2)].join(' '));`;

let project = '';
beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'crm-launch-'));
  await chmod(project, 0o755);
  await Promise.all(['src/cli', 'prisma'].map((name) => mkdir(join(project, name), { recursive: true })));
  await symlink(join(projectRoot, 'node_modules'), join(project, 'node_modules'));
  for (const name of ['launch', 'prepare', 'prepare-lock']) {
    await copyFile(join(projectRoot, `src/cli/${name}.js`), join(project, `src/cli/${name}.js`));
  }
  await write('package.json', '{ "type": "module" }');
  await write('prisma/schema.prisma', schema(''));
  await write('src/main.ts', main);
  await write('src/greeting.ts', "export const greeting: string = 'hello';");
});
afterEach(() => rm(project, { recursive: true }));

const write = (name: string, content: string) => writeFile(join(project, name), content);
const timeOf = async (name: string) => (await stat(join(project, name))).mtimeMs;

async function launch(parameters: string[], account?: typeof ordinaryUser) {
  const command = [join(project, 'src/cli/launch.js'), ...parameters];
  const child = spawn(process.execPath, command, { cwd: '/', stdio: ['ignore', 'pipe', 'pipe'], ...account });
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { output: output.trim(), errors, code: child.exitCode };
}

describe('R6.1 launch.js', () => {
  it('generates, bundles and runs an entry with its arguments, from any folder and without a word of its own', async () => {
    expect(await launch(['main', 'a', '--b'])).toEqual({ output: 'hello id a --b', errors: '', code: 0 });
    const built = await timeOf('dist/main.js');
    expect(await launch(['main'])).toEqual({ output: 'hello id', errors: '', code: 0 });
    expect(await timeOf('dist/main.js')).toBe(built);
  });

  it('follows the sources: what changed, what is gone, and the schema', async () => {
    await launch(['--prepare-only']);
    await write(
      'src/main.ts',
      main.replace('greeting, ', '').replace("import { greeting } from './greeting.js';", ''),
    );
    await rm(join(project, 'src/greeting.ts'));
    await write('prisma/schema.prisma', schema('title String'));
    expect(await launch(['main'])).toEqual({ output: 'id title', errors: '', code: 0 });
    expect(existsSync(join(project, 'dist/greeting.js'))).toBe(false);
    expect(existsSync(join(project, 'dist/greeting.js.map'))).toBe(false);
  });

  it('lets several launches at once prepare together', async () => {
    const launches = await Promise.all(['1', '2', '3'].map((name) => launch(['main', name])));
    expect(launches.map(({ output }) => output)).toEqual(['hello id 1', 'hello id 2', 'hello id 3']);
    expect(existsSync(join(project, 'dist/.preparing'))).toBe(false);
  });

  it('passes over the lock of a launch that was killed', async () => {
    await mkdir(join(project, 'dist'));
    await write('dist/.preparing', '2147483646');
    expect((await launch(['main'])).output).toBe('hello id');
  });

  it('says what is wrong with a source, and starts nothing', async () => {
    await write('src/greeting.ts', 'export const greeting = ;');
    const { output, errors, code } = await launch(['main']);
    expect({ output, code }).toEqual({ output: '', code: 1 });
    expect(errors).toMatch(/src\/greeting\.ts:1:24: ERROR: Unexpected ";"/);
  });

  it('says what is wrong with the schema', async () => {
    await write('prisma/schema.prisma', schema('title Strin'));
    const { errors, code } = await launch(['main']);
    expect(code).toBe(1);
    expect(errors).toContain('Type "Strin" is neither a built-in type');
  });

  it.runIf(isRoot)('writes nothing where everything is ready, as in a read-only container', async () => {
    await launch(['--prepare-only']);
    expect(await launch(['main'], ordinaryUser)).toEqual({ output: 'hello id', errors: '', code: 0 });
  });

  it('runs what was built when there are no sources', async () => {
    await launch(['--prepare-only']);
    for (const name of ['main.ts', 'greeting.ts', 'generated'])
      await rm(join(project, 'src', name), { recursive: true });
    expect(await launch(['main'])).toEqual({ output: 'hello id', errors: '', code: 0 });
    expect(await readFile(join(project, 'dist/main.js'), 'utf8')).toContain('sourceMappingURL');
  });
});
