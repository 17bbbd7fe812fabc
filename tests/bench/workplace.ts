import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import { z } from 'zod';
import type { Context } from '../../src/core/context.js';
import type { BenchClient } from './client.js';

/** Where long work is started and watched from. */
export interface Workplace {
  readonly context: Pick<Context, 'deps' | 'actor'>;
  readonly owner: pg.Client;
  readonly manager: BenchClient;
  /** Rows of the import and, for the bare writer beside it, of the export. */
  readonly rows: number;
}

export interface LongWork {
  readonly name: string;
  /** Seconds it may take with 1,000,000 customers; undefined where the budget is another one. */
  readonly budget?: number;
  /** The list that others read meanwhile; that of customers unless told. */
  readonly others?: string;
  /** @returns what it came to, in words. */
  run(place: Workplace): Promise<string>;
}

const Count = z.object({ count: z.coerce.number() });

/** The number that a statement counts. */
export async function countOf(owner: pg.Client, statement: string): Promise<number> {
  const { rows } = await owner.query(statement);
  return Count.parse(rows[0]).count;
}

const TaskCount = z.object({ waiting: z.number(), failed: z.number() });

/** Waits until no task is under way. @throws Error when one failed. */
export async function tasksEnded(owner: pg.Client): Promise<void> {
  for (;;) {
    const { rows } = await owner.query(
      `SELECT count(*) FILTER (WHERE state IN ('queued', 'running'))::integer AS waiting,
              count(*) FILTER (WHERE state = 'failed')::integer AS failed FROM background_tasks`,
    );
    const { waiting, failed } = TaskCount.parse(rows[0]);
    if (failed > 0) throw new Error('a task failed');
    if (waiting === 0) return;
    await delay(100);
  }
}

/** Fields of a form as they are sent beside the token. */
export const withoutToken = ({ _csrf, ...fields }: Readonly<Record<string, readonly string[]>>) => fields;
