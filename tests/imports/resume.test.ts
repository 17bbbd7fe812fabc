import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { runTask } from '../../src/core/background-tasks.js';
import type { Dependencies } from '../../src/core/context.js';
import { taskDefinitions } from '../../src/jobs.js';
import type { TestClient } from '../support/client.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { checkFile, createLines, importCounts, mappingForm, startRun } from './wizard.js';

vi.setConfig({ testTimeout: 300_000 });

/** Kills of the run: three each time, more when asked, as in `IMPORT_KILLS=10 npx vitest run tests/imports/resume.test.ts`. */
const kills = Number(process.env['IMPORT_KILLS'] ?? 3);

let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager' });
});
afterAll(() => product.close());

const rowCount = 240;

/** Every tenth row repeats the phone of the row before, every seventh has no name. */
const lines = (prefix: string) => [
  '客户编号,姓名,手机',
  ...Array.from({ length: rowCount }, (_, index) => {
    const phone = 13_800_000_000 + (index % 10 === 9 ? index - 1 : index);
    return `${prefix}${index},${index % 7 === 6 ? '' : '姓名'},${phone}`;
  }),
];
const nameless = Math.floor(rowCount / 7);

const Task = z.object({ id: z.string(), state: z.string() });

/** The task that waits for a worker, freed from the worker that died with it. */
async function freeTask(): Promise<string> {
  const [task] = await product.query(
    Task,
    `UPDATE background_tasks SET lease_until = NULL WHERE state IN ('queued', 'running') RETURNING id::text, state`,
  );
  return task?.id ?? '';
}

async function count(rows: string): Promise<number> {
  const [row] = await product.query(
    z.object({ count: z.number() }),
    `SELECT count(*)::integer AS count FROM ${rows}`,
  );
  return row?.count ?? -1;
}

/** All rows are there once, each with its audit row, and the report counts what is there. */
async function expectComplete(id: string, prefix: string): Promise<void> {
  const counts = await importCounts(product, id);
  expect(counts).toMatchObject({ state: 'done', created: rowCount - nameless, rejected: nameless });
  expect(await count(`customers WHERE customer_no LIKE '${prefix}%'`)).toBe(counts.created);
  expect(
    await count(
      `audit_log WHERE table_name = 'customers' AND action = 'imports.run' AND after->>'customer_no' LIKE '${prefix}%'`,
    ),
  ).toBe(counts.created);
  expect(
    await count(
      `import_rows JOIN customers ON customers.id = record_id WHERE import_id = '${id}' AND outcome = 'created'`,
    ),
  ).toBe(counts.created);
  expect(await count(`import_rows WHERE import_id = '${id}'`)).toBe(rowCount);
}

describe('R1.8 an import that is interrupted goes on where it was', () => {
  test('when the work fails: between chunks, inside one, or when the database is told how far it came', async () => {
    const id = await createLines(product, manager, lines('I'), { rowsPerChunk: 5 });
    await checkFile(product, manager, id);
    const { duplicates } = await importCounts(product, id);
    expect(duplicates).toBeGreaterThan(10);
    for (const deps of [failingCipher(40), failingCommit(3), failingProgress()]) {
      await startRun(manager, id);
      const stored = await count(`customers WHERE customer_no LIKE 'I%'`);
      await runTask(deps, taskDefinitions, await freeTask());
      expect(await importCounts(product, id)).toMatchObject({ state: 'failed' });
      const after = await count(`customers WHERE customer_no LIKE 'I%'`);
      expect(after).toBeGreaterThanOrEqual(stored);
      expect(after).toBe(
        await count(`audit_log WHERE table_name = 'customers' AND after->>'customer_no' LIKE 'I%'`),
      );
      expect((await manager.page(`/imports/${id}`))('form[action$="/run"] button').text()).toContain('Go on');
    }
    await startRun(manager, id);
    await product.runTasks();
    await expectComplete(id, 'I');
    expect(await importCounts(product, id)).toMatchObject({ duplicates });
  });

  test(`when its process is killed in the check, and at ${kills} random moments of the run`, async () => {
    const id = await createLines(product, manager, lines('K'), { rowsPerChunk: 2 });
    const mapped = await manager.post(`/imports/${id}/mapping`, await mappingForm(manager, id));
    expect(mapped.status).toBe(303);
    await workWithKills(id, 'checked', 1);
    const planned = await importCounts(product, id);
    expect(planned).toMatchObject({ state: 'ready', created: rowCount - nameless, rejected: nameless });
    await startRun(manager, id);
    await workWithKills(id, 'stored', kills);
    await expectComplete(id, 'K');
    expect(await importCounts(product, id)).toEqual({ ...planned, state: 'done' });
  });
});

/** Works a task in children that are killed at some moment after some chunks; the last one is left to finish. */
async function workWithKills(id: string, stage: string, times: number): Promise<void> {
  const chunks = rowCount / 2;
  for (let kill = 1; kill <= times; kill += 1) {
    const child = startChild(await freeTask());
    const exited = once(child, 'exit');
    const enough = Math.floor(((kill - Math.random()) / times) * chunks * 0.8);
    while ((await count(`import_chunks WHERE import_id = '${id}' AND stage = '${stage}'`)) < enough) {
      if (child.exitCode !== null)
        throw new Error(`the child ended with ${child.exitCode} before it was killed`);
      await delay(5);
    }
    await delay(Math.random() * 40);
    child.kill('SIGKILL');
    await exited;
  }
  const last = startChild(await freeTask());
  await once(last, 'exit');
  expect(last.exitCode).toBe(0);
}

function startChild(taskId: string) {
  const { config, database } = product.deps;
  const environment = {
    NODE_ENV: config.environment,
    DATABASE_URL: database.pool.options.connectionString,
    KEY_FILE: config.keyFile,
    LOG_LEVEL: 'silent',
    BASE_URL: config.baseUrl,
  };
  return fork(join(import.meta.dirname, 'run-task-child.ts'), [taskId], {
    execArgv: ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href],
    env: { ...process.env, ...environment },
  });
}

/** Encryption that fails after so many values. */
function failingCipher(after: number): Dependencies {
  const { deps } = product;
  let calls = 0;
  const encrypt: typeof deps.cipher.encrypt = (plain, place) => {
    calls += 1;
    if (calls > after) throw new Error('the cipher was made to fail');
    return deps.cipher.encrypt(plain, place);
  };
  return { ...deps, cipher: { ...deps.cipher, encrypt } };
}

/** A transaction that fails at its end, after so many that do not: all of its work is lost. */
function failingCommit(after: number): Dependencies {
  const { deps } = product;
  let transactions = 0;
  const client = new Proxy(deps.database.client, {
    get(target, name, receiver) {
      if (name !== '$transaction') return Reflect.get(target, name, receiver) as unknown;
      return (work: (tx: unknown) => Promise<unknown>, options: object) =>
        target.$transaction(async (tx) => {
          const result = await work(tx);
          transactions += 1;
          if (transactions === after) throw new Error('the commit was made to fail');
          return result;
        }, options);
    },
  });
  return { ...deps, database: { ...deps.database, client } };
}

/** A pool that loses its connection when the progress of the task is noted. */
function failingProgress(): Dependencies {
  const { deps } = product;
  const pool = new Proxy(deps.database.pool, {
    get(target, name) {
      const property = Reflect.get(target, name) as unknown;
      if (name !== 'query' || typeof property !== 'function') return property;
      return (...parameters: unknown[]): unknown => {
        if (String(parameters[0]).includes('progress_done =')) throw new Error('connection lost');
        return Reflect.apply(property, target, parameters);
      };
    },
  });
  return { ...deps, database: { ...deps.database, pool } };
}
