import { describe, expect, test } from 'vitest';
import { importsOf, sourceFiles, type SourceFile } from './sources.js';

const longest = 300;
/** Vitest wants the default export of these. */
const withDefaultExport = ['tests/support/global-setup.ts', 'tests/support/totals-reporter.ts'];

const product = sourceFiles('src', '.ts', '.js');
const everything = [
  ...product,
  ...sourceFiles('tests', '.ts'),
  ...sourceFiles('views', '.ejs'),
  ...sourceFiles('public', '.js'),
];
const byPath = new Map(product.map((file) => [file.path, file]));

const pathsOf = (files: readonly SourceFile[]): string[] => files.map(({ path }) => path);
const moduleOf = (path: string): string | undefined => /^src\/modules\/([^/]+)\//.exec(path)?.[1];
const layerOf = (path: string): string =>
  /\.(routes|schemas|service|queries|views|jobs|tasks)\.ts$/.exec(path)?.[1] ?? 'helper';

describe('house rules for files', () => {
  test(`none is longer than ${longest} lines`, () => {
    expect(pathsOf(everything.filter(({ text }) => text.split('\n').length > longest + 1))).toEqual([]);
  });

  test('none has a default export, none passes on what another file exports', () => {
    const named = everything.filter(({ path }) => !withDefaultExport.includes(path));
    expect(pathsOf(named.filter(({ text }) => /^export default /m.test(text))), 'default exports').toEqual(
      [],
    );
    expect(
      pathsOf(everything.filter(({ text }) => /^export (type )?(\*|\{[^}]*\}) from /m.test(text))),
      'barrels',
    ).toEqual([]);
  });

  test('none carries unfinished or dead work', () => {
    const others = everything.filter(({ path }) => path !== 'tests/architecture/files.test.ts');
    expect(
      pathsOf(others.filter(({ text }) => /\b(TODO|FIXME|XXX|HACK)\b/.test(text))),
      'notes to oneself',
    ).toEqual([]);
    expect(
      pathsOf(others.filter(({ text }) => /\b(test|it|describe)\.(only|todo)\b/.test(text))),
      'stray tests',
    ).toEqual([]);
    expect(
      pathsOf(
        product.filter(({ text }) => /@ts-(ignore|nocheck|expect-error)|: any\b|<any>|as any\b/.test(text)),
      ),
    ).toEqual([]);
  });
});

describe('house rules for dependencies', () => {
  test('core stands under the modules and knows none of them', () => {
    const upward = product.filter(
      (file) =>
        file.path.startsWith('src/core/') &&
        importsOf(file).some((path) => !/^src\/(core\/|generated\/|locales\/|config\.ts)/.test(path)),
    );
    expect(pathsOf(upward)).toEqual([]);
  });

  test('layers look down only: routes and views → service and queries → schemas and helpers', () => {
    const forbidden: Readonly<Record<string, readonly string[]>> = {
      schemas: ['queries', 'service', 'views', 'routes'],
      queries: ['service', 'views', 'routes'],
      service: ['views', 'routes'],
      views: ['service', 'routes'],
      routes: [],
    };
    const upward = product.flatMap((file) =>
      importsOf(file)
        .filter((path) => forbidden[layerOf(file.path)]?.includes(layerOf(path)))
        .map((path) => `${file.path} imports ${path}`),
    );
    expect(upward).toEqual([]);
  });

  test('what reads, checks or shows never opens a unit of work', () => {
    const readers = product.filter(({ path }) =>
      ['queries', 'schemas', 'views', 'routes'].includes(layerOf(path)),
    );
    expect(pathsOf(readers.filter(({ text }) => /\bunitOfWork\b/.test(text)))).toEqual([]);
  });

  test('a module uses another through its service, its queries, or a helper that does nothing by itself', () => {
    const strangers = product.flatMap((file) =>
      importsOf(file)
        .filter((path) => isPrivateTo(file.path, path))
        .map((path) => `${file.path} imports ${path}`),
    );
    expect(strangers).toEqual([]);
  });

  test('requests and responses of Express stay in core/http', () => {
    const outside = product.filter(
      ({ path, text }) =>
        /from 'express'/.test(text) &&
        !path.startsWith('src/core/http/') &&
        path !== 'src/app.ts' &&
        path !== 'src/modules/auth/authentication.ts',
    );
    expect(pathsOf(outside)).toEqual([]);
  });

  test('no file needs itself to be loaded first', () => {
    const finished = new Set<string>();
    const cycleThrough = (path: string, trail: readonly string[]): string[] | undefined => {
      if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
      const file = byPath.get(path);
      if (!file || finished.has(path)) return undefined;
      for (const next of importsOf({ path, text: withoutTypes(file.text) })) {
        const cycle = cycleThrough(next, [...trail, path]);
        if (cycle) return cycle;
      }
      finished.add(path);
      return undefined;
    };
    expect(product.flatMap(({ path }) => cycleThrough(path, []) ?? [])).toEqual([]);
  });
});

/** True for a file of another module that is not for others: routes, views, and whatever writes besides the service. */
function isPrivateTo(importer: string, imported: string): boolean {
  const owner = moduleOf(imported);
  const user = moduleOf(importer);
  if (owner === undefined || user === undefined || owner === user) return false;
  if (['service', 'queries'].includes(layerOf(imported))) return false;
  const text = byPath.get(imported)?.text ?? '';
  return (
    ['routes', 'views', 'jobs', 'tasks'].includes(layerOf(imported)) ||
    /\bunitOfWork\b|\brecordEvent\b|from 'express'/.test(text)
  );
}

const withoutTypes = (text: string): string => text.replace(/import type [^;]*;/g, '');
