import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import express, { Router } from 'express';
import { projectRoot } from '../paths.js';

const publicFolder = join(projectRoot, 'public');
const { resolve } = createRequire(import.meta.url);

/** Folders of libraries whose files browsers may fetch, by the first part of the name. */
const libraryFolders: Readonly<Record<string, string>> = {
  tabler: join(dirname(resolve('@tabler/core/package.json')), 'dist'),
  htmx: dirname(resolve('htmx.org/dist/htmx.min.js')),
};

const version = assetVersion();

/** The address of a file of public/ (`app.css`) or of a library (`tabler/css/tabler.min.css`). It changes with the files. */
export const asset = (name: string): string => `/assets/${version}/${name}`;

/** Serves the assets; their addresses hold a version, so browsers keep them for ever. */
export function assets(): Router {
  const router = Router();
  const options = {
    immutable: true,
    maxAge: '365d',
    index: false,
    fallthrough: true,
    dotfiles: 'ignore',
  } as const;
  for (const [name, folder] of Object.entries(libraryFolders)) {
    router.use(`/assets/:version/${name}`, express.static(folder, options));
  }
  router.use('/assets/:version', express.static(publicFolder, options));
  return router;
}

function assetVersion(): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(publicFolder).sort()) hash.update(readFileSync(join(publicFolder, name)));
  for (const manifest of ['@tabler/core/package.json', 'htmx.org/package.json']) {
    hash.update(readFileSync(resolve(manifest)));
  }
  return hash.digest('hex').slice(0, 10);
}
