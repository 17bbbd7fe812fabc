import pg from 'pg';
import { BenchClient, textOf } from './client.js';
import { startFloor, startPages, type ChildServer } from './child-server.js';
import { benchPassword, typicalAgent } from './fill-organisation.js';
import { fill, type BenchDatabase } from './fill.js';
import { measure } from './measure.js';
import type { Report, ReportRow } from './report.js';
import { measuredRequests } from './requests.js';
import type { Scale } from './scale.js';
import { statementCount } from './statement-count.js';

/** Fills the database unless it is filled, then measures each request and the floor beside it. */
export async function runBenchmark(
  database: BenchDatabase,
  scale: Scale,
  print: (line: string) => void,
): Promise<Report> {
  await fill(database, scale.customers, print);
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  try {
    const pages = await startPages(database);
    try {
      return await measurePages(database, scale, owner, pages, print);
    } finally {
      await pages.stop();
    }
  } finally {
    await owner.end();
  }
}

async function measurePages(
  database: BenchDatabase,
  scale: Scale,
  owner: pg.Client,
  pages: ChildServer,
  print: (line: string) => void,
): Promise<Report> {
  const clients = { manager: new BenchClient(pages.origin), agent: new BenchClient(pages.origin) };
  try {
    await clients.manager.signIn('manager', benchPassword);
    await clients.agent.signIn(typicalAgent, benchPassword);
    const listBytes = Buffer.byteLength(textOf(await clients.manager.get('/customers')));
    const floor = await measureFloor(database, scale, listBytes);
    const rows: ReportRow[] = [];
    for (const { name, path, budget, as } of await measuredRequests(owner, database.keyFile)) {
      const send = () => clients[as].get(path);
      await measure(send, scale.warmUp, 1);
      const before = await statementCount(owner);
      const one = await measure(send, scale.requests, 1);
      const statements = Math.round(((await statementCount(owner)) - before) / scale.requests);
      const eight = await measure(send, scale.requests, 8);
      const { body } = await send();
      rows.push({ name, one, eight, bytes: body.length, statements, budget });
      print(`${name}: ${one.p50.toFixed(1)} ms, ${(one.p50 / floor.one.p50).toFixed(1)} × floor`);
    }
    return { scale, floor, rows, memory: await pages.memory() };
  } finally {
    clients.manager.close();
    clients.agent.close();
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
