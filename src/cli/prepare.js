import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { whileLocked } from './prepare-lock.js';

export const projectRoot = join(import.meta.dirname, '../..');
const source = join(projectRoot, 'src');
const output = join(projectRoot, 'dist');
const schemaFile = join(projectRoot, 'prisma/schema.prisma');
const generated = join(source, 'generated');

/**
 * What is started by name; everything else goes into the few files that these share. Node takes a millisecond to load a
 * module, and the product has more than a thousand.
 */
const programs = /^(main|web|worker|core\/tabular\/parse-worker|cli\/[^/]+)\.ts$/;

/** Says of which schema, or of which sources, the products were made: contents, as modification times lie after a copy. */
const clientStamp = join(generated, 'schema.sha256');
const outputStamp = join(output, 'sources.sha256');

const require = createRequire(import.meta.url);
const read = (file) => readFileSync(file, 'utf8');
const readIfPresent = (file) => (existsSync(file) ? read(file) : '');

/**
 * Generates the Prisma client and bundles the programs of `src` to `dist`, each only when its sources changed. Writes nothing when
 * both are up to date, so `dist` may be read-only; a checkout without sources (a container) is taken as it is.
 * @throws Error with the tool's own message when a source has a mistake.
 */
export async function prepare() {
  if (sourceFiles().length === 0 || isReady()) return;
  await whileLocked(join(output, '.preparing'), async () => {
    if (!isClientReady()) generateClient();
    if (!isOutputReady()) await bundle();
  });
}

const isReady = () => isClientReady() && isOutputReady();
const isClientReady = () => !existsSync(schemaFile) || readIfPresent(clientStamp) === schemaHash();
const isOutputReady = () => readIfPresent(outputStamp) === sourcesHash();

function sourceFiles() {
  if (!existsSync(source)) return [];
  const names = readdirSync(source, { recursive: true });
  return names.filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts')).sort();
}

function schemaHash() {
  const version = require('prisma/package.json').version;
  return createHash('sha256').update(version).update(read(schemaFile)).digest('hex');
}

function sourcesHash() {
  const hash = createHash('sha256').update(require('esbuild/package.json').version);
  for (const name of sourceFiles()) hash.update(`\0${name}\0`).update(readFileSync(join(source, name)));
  return hash.digest('hex');
}

/** Prisma looks for a schema engine to download unless one is named; generating never runs it, so node itself will do. */
function generateClient() {
  rmSync(clientStamp, { force: true });
  const command = [join(dirname(require.resolve('prisma/package.json')), 'build/index.js'), 'generate'];
  const environment = {
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    CHECKPOINT_DISABLE: '1',
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
  };
  try {
    execFileSync(process.execPath, [...command, '--schema', schemaFile], {
      cwd: projectRoot,
      env: { ...process.env, ...environment },
      stdio: 'pipe',
    });
  } catch (error) {
    throw new Error(`prisma generate failed:\n${error.stdout ?? ''}${error.stderr ?? error.message}`);
  }
  writeWhole(clientStamp, schemaHash());
}

async function bundle() {
  rmSync(outputStamp, { force: true });
  const hash = sourcesHash();
  const { build } = await import('esbuild');
  const result = await build({
    absWorkingDir: projectRoot,
    entryPoints: sourceFiles()
      .filter((name) => programs.test(name))
      .map((name) => join(source, name)),
    outbase: source,
    outdir: output,
    bundle: true,
    splitting: true,
    packages: 'external',
    chunkNames: 'chunks/[name]-[hash]',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: true,
    write: false,
    logLevel: 'silent',
  });
  for (const file of result.outputFiles) {
    if (readIfPresent(file.path) !== file.text) writeWhole(file.path, file.text);
  }
  removeAllBut(new Set(result.outputFiles.map((file) => file.path)));
  writeWhole(outputStamp, hash);
}

/** Removes the outputs whose source is gone. */
function removeAllBut(outputs) {
  for (const name of readdirSync(output, { recursive: true })) {
    const file = join(output, name);
    if (/\.js(\.map)?$/.test(name) && !outputs.has(file)) rmSync(file);
  }
}

/** A reader sees the old file or the new one, never half of one. */
function writeWhole(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text);
  renameSync(draft, file);
}
