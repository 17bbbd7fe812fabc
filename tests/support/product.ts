import { dirname, join } from 'node:path';
import type { Express } from 'express';
import pg from 'pg';
import { v7 as newId } from 'uuid';
import { inject } from 'vitest';
import { createApp } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { runTask } from '../../src/core/background-tasks.js';
import { openDependencies, type OpenDependencies } from '../../src/core/dependencies.js';
import type { Jobs } from '../../src/core/jobs.js';
import type { z } from 'zod';
import { taskDefinitions } from '../../src/jobs.js';
import { createTestDatabase } from './database.js';
import { TestClient } from './client.js';
import { createUser, type UserOptions } from './factories/user.js';

/** The product as a test sees it: the same application over a database of its own. */
export interface TestProduct {
  readonly app: Express;
  readonly deps: OpenDependencies;
  /** Names and payloads of jobs that were woken. */
  readonly woken: { name: string; payload: Readonly<Record<string, unknown>> }[];
  /** Set the product's clock. */
  setNow(moment: Date | undefined): void;
  /** Signs in a new user with these shipped roles. */
  signIn(options?: UserOptions): Promise<TestClient>;
  /** Somebody who is not signed in. */
  anonymous(): TestClient;
  /** Runs all background tasks that are waiting, in this process. */
  runTasks(): Promise<void>;
  /** Runs a statement as the owner role, for looking at state. */
  query<Row>(row: z.ZodType<Row>, text: string, values?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

export interface TestProductOptions {
  readonly environment?: Readonly<Record<string, string>>;
}

/** Starts the product for one test file; close it afterwards. */
export async function startTestProduct(options: TestProductOptions = {}): Promise<TestProduct> {
  const database = await createTestDatabase();
  const woken: TestProduct['woken'] = [];
  const jobs: Jobs = {
    wake: (name, payload = {}) => {
      woken.push({ name, payload });
      return Promise.resolve();
    },
    work: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
  let now: Date | undefined;
  const config = readConfig({
    NODE_ENV: 'test',
    KEY_FILE: inject('keyFile'),
    DATA_DIR: join(dirname(inject('keyFile')), newId()),
    PASSWORD_COST: '4',
    LOG_LEVEL: 'silent',
    BASE_URL: 'http://127.0.0.1',
    ...options.environment,
  });
  const deps = openDependencies(config, database.runtimeUrl, { jobs, now: () => now ?? new Date() });
  const owner = new pg.Pool({ connectionString: database.ownerUrl, max: 1 });
  owner.on('error', () => undefined);
  const app = createApp(deps);

  const product: TestProduct = {
    app,
    deps,
    woken,
    setNow: (moment) => {
      now = moment;
    },
    async signIn(userOptions = {}) {
      const user = await createUser(deps, userOptions);
      const client = new TestClient(app, user);
      await client.signIn(user.username, user.password);
      return client;
    },
    anonymous: () => new TestClient(app),
    async runTasks() {
      for (;;) {
        const waiting = await owner.query<{ id: string }>(
          `SELECT id FROM background_tasks WHERE state IN ('queued', 'running') ORDER BY created_at`,
        );
        if (waiting.rows.length === 0) return;
        for (const { id } of waiting.rows) await runTask(deps, taskDefinitions, id);
      }
    },
    async query(row, text, values = []) {
      const result = await owner.query(text, values);
      return row.array().parse(result.rows);
    },
    async close() {
      await Promise.all([deps.close(), owner.end()]);
      await database.drop();
    },
  };
  return product;
}
