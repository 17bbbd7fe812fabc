import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../src/core/embedded-postgres/embedded-postgres.js';
import { longWork } from './long-work.js';
import { reportText } from './report.js';
import { runBenchmark } from './run.js';
import { scales } from './scale.js';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 });

let dataDirectory = '';
let postgres: EmbeddedPostgres;
beforeAll(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'service-crm-bench-'));
  postgres = await startEmbeddedPostgres({ dataDirectory, log: () => undefined });
});
afterAll(async () => {
  await postgres.stop();
  await rm(dataDirectory, { recursive: true, force: true });
});

/** A record's page sends so many statements at most, and a change, with all that follows from it. */
const mostStatements = { page: 12, change: 40 };

test('budget: the benchmark fills a database, every request is answered, and the report has a line for each', async () => {
  const scale = scales['tiny'];
  if (!scale) throw new Error('there is no tiny scale');
  const database = { ...postgres, keyFile: join(dataDirectory, 'keys.json') };
  const report = await runBenchmark(database, scale, { print: () => undefined });
  expect(report.rows.length).toBeGreaterThan(40);
  for (const { name, statements, kind } of report.rows) {
    expect(statements, name).toBeGreaterThan(0);
    const most = kind === 'change' ? mostStatements.change : mostStatements.page;
    expect(statements, name).toBeLessThanOrEqual(most);
  }
  expect(report.work.map(({ name }) => name)).toEqual(longWork.map(({ name }) => name));
  const outcomeOf = (work: string) => report.work.find(({ name }) => name === work)?.outcome;
  expect(outcomeOf('segment, count while it is built')).toMatch(/^\d+ of \d+ customers fit/);
  expect(outcomeOf('import, storing')).toBe('20 created, 0 rejected');
  expect(outcomeOf('requests: import, storing')).toBe('2 created, 0 rejected');
  expect(outcomeOf('requests: deadlines counted anew')).toMatch(/^\d{2} open requests$/);
  expect(report.obligations).toHaveLength(19);
  const headings = 3;
  const lines = report.rows.length + report.work.length + report.obligations.length + headings;
  expect(reportText(report).match(/^\| /gm)).toHaveLength(lines);
});
