/**
 * Starts a TypeScript entry with nothing installed but the packages: `node src/cli/launch.js <entry> [arguments]`.
 * `node src/cli/launch.js --prepare-only` generates and bundles without starting anything.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { prepare, projectRoot } from './prepare.js';

const entry = process.argv[2];
if (!entry) {
  console.error('Say what to start, for example: node src/cli/launch.js main');
  process.exit(2);
}

try {
  await prepare();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

if (entry !== '--prepare-only') {
  const file = join(projectRoot, 'dist', `${entry}.js`);
  process.argv.splice(1, 2, file);
  process.setSourceMapsEnabled(true);
  await import(pathToFileURL(file).href);
}
