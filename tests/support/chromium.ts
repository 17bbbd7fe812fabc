import { chmod, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import packed from '@sparticuz/chromium';
import { chromium, type Browser } from 'playwright-core';
import { z } from 'zod';
import { projectRoot } from '../../src/core/paths.js';

/** Starts the Chromium that comes with the npm packages; nothing on the machine is used but its fonts. */
export async function startChromium(): Promise<Browser> {
  const folder = await unpackedFolder();
  return chromium.launch({
    executablePath: join(folder, 'chromium'),
    args: ['--font-render-hinting=none', '--disable-gpu'],
    env: { ...process.env, FONTCONFIG_PATH: folder },
  });
}

/** Unpacks it once per checkout and version. Should two workers do so at once, the second one's copy is thrown away. */
async function unpackedFolder(): Promise<string> {
  const cache = join(projectRoot, 'node_modules/.cache/service-crm');
  const folder = join(cache, `chromium-${await packageVersion()}`);
  if (await stat(folder).catch(() => undefined)) return folder;
  await mkdir(cache, { recursive: true });
  const draft = await mkdtemp(join(cache, 'unpacking-'));
  await unpackInto(draft);
  await writeFile(join(draft, 'fonts.conf'), fontConfiguration(folder));
  await chmod(draft, 0o755);
  await chmod(join(draft, 'chromium'), 0o755);
  await rename(draft, folder).catch(() => rm(draft, { recursive: true }));
  return folder;
}

/** The package unpacks into the folder for temporary files, wherever that is at the moment. */
async function unpackInto(folder: string): Promise<void> {
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = folder;
  try {
    await packed.executablePath();
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
}

async function packageVersion(): Promise<string> {
  const manifest = join(projectRoot, 'node_modules/@sparticuz/chromium/package.json');
  return z.object({ version: z.string() }).parse(JSON.parse(await readFile(manifest, 'utf8'))).version;
}

const fontConfiguration = (folder: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <dir>/usr/local/share/fonts</dir>
  <cachedir>${folder}/font-cache</cachedir>
</fontconfig>
`;
