import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../src/core/paths.js';

export interface SourceFile {
  /** From the folder of package.json, for instance `src/core/route.ts`. */
  readonly path: string;
  readonly text: string;
}

/** The files of a folder with these endings, without what is generated. */
export function sourceFiles(folder: string, ...endings: readonly string[]): SourceFile[] {
  return readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name}`)
    .filter((path) => endings.some((ending) => path.endsWith(ending)) && !path.startsWith('src/generated/'))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(projectRoot, path), 'utf8') }));
}

/** What a file imports from the product itself, as paths of sources, in types and in values. */
export function importsOf({ path, text }: SourceFile): string[] {
  const specifiers = [...text.matchAll(/(?:from|import|import\()\s*'(\.[^']*)'/g)].map(
    ([, specifier]) => specifier ?? '',
  );
  return specifiers.map((specifier) => join(path, '..', specifier).replace(/\.js$/, '.ts'));
}
