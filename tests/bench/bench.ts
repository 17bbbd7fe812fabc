/**
 * `npm run bench -- --scale small|medium|large [--only <regular expression>]`: fills a database of its own in bench-data/
 * (kept for the next time), measures pages, changes and long work, or those whose names fit, and prints the figures as a
 * section of docs/performance.md.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startEmbeddedPostgres } from '../../src/core/embedded-postgres/embedded-postgres.js';
import { projectRoot } from '../../src/core/paths.js';
import { keepRatios, readRatios } from './ratios.js';
import { reportText } from './report.js';
import { runBenchmark } from './run.js';
import { scales } from './scale.js';

const { values } = parseArgs({
  options: { scale: { type: 'string', default: 'small' }, only: { type: 'string', default: '' } },
});

const scale = scales[values.scale];
if (!scale) throw new Error(`--scale is one of ${Object.keys(scales).join(', ')}`);
const dataDirectory = join(projectRoot, 'bench-data', scale.name);
const postgres = await startEmbeddedPostgres({ dataDirectory, log: () => undefined });
try {
  const database = { ...postgres, keyFile: join(dataDirectory, 'keys.json') };
  const options = { print: console.log, only: new RegExp(values.only) };
  const report = await runBenchmark(database, scale, options);
  await keepRatios(join(dataDirectory, 'ratios.json'), report);
  const small = join(projectRoot, 'bench-data/small/ratios.json');
  console.log(reportText(report, scale === scales['small'] ? new Map() : await readRatios(small)));
} finally {
  await postgres.stop();
}
