import pg from 'pg';
import { readConfig } from '../../src/config.js';
import { openDependencies } from '../../src/core/dependencies.js';
import { measureBareWorkbook } from './bare-workbook.js';
import { BenchClient, textOf, type Answer } from './client.js';
import { startFloor, startPages, startWorker, type ChildServer } from './child-server.js';
import { benchPassword, typicalAgent } from './fill-organisation.js';
import { fill, type BenchDatabase } from './fill.js';
import { longWork } from './long-work.js';
import { measure } from './measure.js';
import { measureWork, type WorkRow } from './measure-work.js';
import type { Report, ReportRow } from './report.js';
import { measuredRequests } from './requests.js';
import type { Scale } from './scale.js';
import { statementCount } from './statement-count.js';
import { measuredWrites } from './writes.js';

/** What measuring stands on. */
interface Bench {
  readonly database: BenchDatabase;
  readonly scale: Scale;
  readonly owner: pg.Client;
  readonly pages: ChildServer;
  readonly clients: { readonly manager: BenchClient; readonly agent: BenchClient };
  readonly print: (line: string) => void;
}

/** Fills the database unless it is filled, then measures each request, the floor beside it, and the long work. */
export async function runBenchmark(
  database: BenchDatabase,
  scale: Scale,
  print: (line: string) => void,
): Promise<Report> {
  await fill(database, scale.customers, print);
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  const pages = await startPages(database);
  const clients = { manager: new BenchClient(pages.origin), agent: new BenchClient(pages.origin) };
  try {
    await clients.manager.signIn('manager', benchPassword);
    await clients.agent.signIn(typicalAgent, benchPassword);
    const bench = { database, scale, owner, pages, clients, print };
    const listBytes = Buffer.byteLength(textOf(await clients.manager.get('/customers')));
    const floor = await measureFloor(database, scale, listBytes);
    const rows = await measurePages(bench);
    const memory = await pages.memory();
    const work = await measureLongWork(bench);
    const bareWorkbook = await measureBareWorkbook(scale.importRows);
    return { scale, floor, rows, memory, work, bareWorkbook };
  } finally {
    clients.manager.close();
    clients.agent.close();
    await pages.stop();
    await owner.end();
  }
}

async function measurePages(bench: Bench): Promise<ReportRow[]> {
  const { owner, scale, clients, database } = bench;
  const rows: ReportRow[] = [];
  for (const { name, path, budget, as } of await measuredRequests(owner, database.keyFile)) {
    rows.push(await measureRequest(bench, { name, budget, send: () => clients[as].get(path) }));
  }
  const times = scale.warmUp + 2 * scale.requests + 1;
  for (const write of await measuredWrites(owner, clients.manager, times)) {
    rows.push(await measureRequest(bench, write));
  }
  return rows;
}

async function measureRequest(
  { owner, scale, print }: Bench,
  { name, budget, send }: { name: string; budget: number; send: () => Promise<Answer> },
): Promise<ReportRow> {
  await measure(send, scale.warmUp, 1);
  const before = await statementCount(owner);
  const one = await measure(send, scale.requests, 1);
  const statements = Math.round(((await statementCount(owner)) - before) / scale.requests);
  const eight = await measure(send, scale.requests, 8);
  const { body } = await send();
  print(`${name}: ${one.p50.toFixed(1)} ms`);
  return { name, one, eight, bytes: body.length, statements, budget };
}

async function measureLongWork({ database, scale, owner, pages, clients, print }: Bench): Promise<WorkRow[]> {
  const config = readConfig({ NODE_ENV: 'production', LOG_LEVEL: 'warn', KEY_FILE: database.keyFile });
  const deps = openDependencies(config, database.runtimeUrl);
  const worker = await startWorker(database);
  try {
    const context = { deps, actor: { id: null, name: 'bench' } };
    const place = { context, owner, manager: clients.manager, rows: scale.importRows };
    const rows: WorkRow[] = [];
    for (const work of longWork) {
      const row = await measureWork(work, place, { pages, worker }, () => clients.agent.get('/customers'));
      print(`${row.name}: ${row.seconds.toFixed(1)} s, ${row.outcome}`);
      rows.push(row);
    }
    return rows;
  } finally {
    await worker.stop();
    await deps.close();
  }
}

async function measureFloor(database: BenchDatabase, scale: Scale, bytes: number): Promise<Report['floor']> {
  const server = await startFloor(database, bytes);
  const client = new BenchClient(server.origin);
  try {
    const send = () => client.get('/');
    await measure(send, scale.warmUp * 5, 8);
    return { one: await measure(send, scale.requests, 1), eight: await measure(send, scale.requests, 8) };
  } finally {
    client.close();
    await server.stop();
  }
}
