import pg from 'pg';
import { readConfig } from '../../src/config.js';
import { openDependencies } from '../../src/core/dependencies.js';
import type { RequestKind } from './bounds.js';
import { measureBareWorkbook } from './bare-workbook.js';
import { BenchClient, textOf, type Answer } from './client.js';
import { startFloor, startPages, startWorker, type ChildServer } from './child-server.js';
import { customerWrites } from './customer-writes.js';
import { benchPassword, typicalAgent } from './fill-organisation.js';
import { fill, type BenchDatabase } from './fill.js';
import { longWork } from './long-work.js';
import { measure, measureBeside } from './measure.js';
import { measuredCustomerPages } from './measured-customer-pages.js';
import type { MeasuredPage, SignIn } from './measured-page.js';
import { measuredRequestPages } from './measured-request-pages.js';
import type { MeasuredWrite } from './measured-write.js';
import { measureObligations } from './measure-obligations.js';
import { measureWork, type WorkRow } from './measure-work.js';
import type { Report, ReportRow } from './report.js';
import { requestWrites } from './request-writes.js';
import type { Scale } from './scale.js';
import { statementCount } from './statement-count.js';

/** Asks the bare page once. */
type Floor = () => Promise<Answer>;

/** What measuring stands on. */
interface Bench {
  readonly database: BenchDatabase;
  readonly scale: Scale;
  readonly owner: pg.Client;
  readonly pages: ChildServer;
  readonly floor: Floor;
  readonly clients: Readonly<Record<SignIn, BenchClient>>;
  readonly options: BenchOptions;
}

export interface BenchOptions {
  readonly print: (line: string) => void;
  /** Names of what is measured; everything unless told. */
  readonly only?: RegExp;
}

/** Fills the database unless it is filled, then measures each request, the floor beside it, and the long work. */
export async function runBenchmark(
  database: BenchDatabase,
  scale: Scale,
  options: BenchOptions,
): Promise<Report> {
  await fill(database, scale, options.print);
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  const pages = await startPages(database);
  const clients = {
    manager: new BenchClient(pages.origin),
    agent: new BenchClient(pages.origin),
    account: new BenchClient(pages.origin),
    newcomer: new BenchClient(pages.origin),
  };
  const closings = [() => pages.stop(), () => owner.end()];
  try {
    await clients.manager.signIn('manager', benchPassword);
    await clients.agent.signIn(typicalAgent, benchPassword);
    await clients.account.signIn('account', benchPassword);
    await clients.newcomer.signIn('newcomer', benchPassword);
    const listBytes = Buffer.byteLength(textOf(await clients.manager.get('/customers')));
    const floorServer = await startFloor(database, listBytes);
    const floorClient = new BenchClient(floorServer.origin);
    closings.unshift(() => {
      floorClient.close();
      return floorServer.stop();
    });
    const floor = () => floorClient.get('/');
    await measure(floor, scale.warmUp * 50, 8);
    const bench = { database, scale, owner, pages, floor, clients, options };
    const obligations = isChosen(options)({ name: 'obligations' })
      ? await measureObligations(database, scale, owner, listBytes)
      : [];
    await warmUp(bench);
    const rows = await measurePages(bench);
    const memory = await pages.memory();
    const work = await measureLongWork(bench);
    const bareWorkbook = await measureBareWorkbook(scale.importRows);
    return { scale, obligations, rows, memory, work, bareWorkbook };
  } finally {
    for (const client of Object.values(clients)) client.close();
    for (const close of closings) await close();
  }
}

/** As many requests as the floor gets, of all pages in turn: nobody but the first few meets a process that has just started. */
async function warmUp(bench: Bench): Promise<void> {
  const { scale, clients } = bench;
  const pages = await chosenPages(bench);
  let sent = 0;
  await measure(
    () => {
      const page = pages[sent % pages.length];
      sent += 1;
      return clients[page?.as ?? 'manager'].get(page?.path ?? '/');
    },
    scale.warmUp * 50,
    8,
  );
}

async function chosenPages({ owner, database, options }: Bench): Promise<MeasuredPage[]> {
  const pages = [
    ...(await measuredCustomerPages(owner, database.keyFile)),
    ...(await measuredRequestPages(owner, database.keyFile)),
  ];
  return pages.filter(isChosen(options));
}

async function measurePages(bench: Bench): Promise<ReportRow[]> {
  const { owner, scale, clients } = bench;
  const pages = await chosenPages(bench);
  const measured: readonly MeasuredWrite[] = [
    ...pages.map(({ name, path, kind, as }) => ({
      ...{ name, kind, prepare: () => Promise.resolve(() => clients[as].get(path)) },
    })),
    ...customerWrites(owner, clients.manager),
    ...requestWrites(owner, clients.manager),
  ];
  const times = scale.warmUp + 2 * scale.requests + 1;
  const rows: ReportRow[] = [];
  for (const { name, kind, prepare } of measured.filter(isChosen(bench.options))) {
    rows.push(await measureRequest(bench, { name, kind, send: await prepare(times) }));
  }
  return rows;
}

const isChosen =
  ({ only }: BenchOptions) =>
  ({ name }: { readonly name: string }): boolean =>
    only === undefined || only.test(name);

/** What the bare page asks of the database. */
const floorStatements = 1;

/** The bare page is measured beside each request: a machine is twice as fast in one minute as in another. */
async function measureRequest(
  { owner, scale, floor, options }: Bench,
  { name, kind, send }: { name: string; kind: RequestKind; send: () => Promise<Answer> },
): Promise<ReportRow> {
  await measure(send, scale.warmUp, 1);
  const before = await statementCount(owner);
  const [floorOne, one] = await measureBeside(floor, send, scale.requests);
  const sent = (await statementCount(owner)) - before;
  const statements = Math.round(sent / scale.requests) - floorStatements;
  const eight = await measure(send, scale.requests, 8);
  const floorEight = await measure(floor, scale.requests * 2, 8);
  const { body } = await send();
  options.print(
    `${name}: ${one.p50.toFixed(1)} ms, ${(one.p50 / floorOne.p50).toFixed(1)} × floor, ${statements} statements`,
  );
  return {
    ...{ name, one, eight, floor: { one: floorOne, eight: floorEight } },
    ...{ bytes: body.length, statements, kind },
  };
}

async function measureLongWork(bench: Bench): Promise<WorkRow[]> {
  const { database, scale, owner, pages, clients, options } = bench;
  const config = readConfig({ NODE_ENV: 'production', LOG_LEVEL: 'warn', KEY_FILE: database.keyFile });
  const deps = openDependencies(config, database.runtimeUrl);
  const worker = await startWorker(database);
  try {
    const context = { deps, actor: { id: null, name: 'bench' } };
    const place = { context, owner, manager: clients.manager, rows: scale.importRows };
    const rows: WorkRow[] = [];
    for (const work of longWork.filter(isChosen(options))) {
      const others = () => clients.agent.get(work.others ?? '/customers');
      const row = await measureWork(work, place, { pages, worker }, others);
      options.print(`${row.name}: ${row.seconds.toFixed(1)} s, ${row.outcome}`);
      rows.push(row);
    }
    return rows;
  } finally {
    await worker.stop();
    await deps.close();
  }
}
