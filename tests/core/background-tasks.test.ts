import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  abandonedTasks,
  addTask,
  runTask,
  TaskFailure,
  type TaskDefinition,
} from '../../src/core/background-tasks.js';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { factoryActor } from '../support/factories/sequence.js';
import { createUser } from '../support/factories/user.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
});
afterAll(() => product.close());

const steps = 5;

/** Counts how often each step was done; a step of `slow` waits, so that another worker has time to come along. */
function counting(
  kind: string,
  pauseMillis = 0,
): TaskDefinition & { readonly done: number[]; readonly actors: string[] } {
  const done: number[] = [];
  const actors: string[] = [];
  return {
    kind,
    done,
    actors,
    async step(context) {
      await new Promise((resolve) => setTimeout(resolve, pauseMillis));
      done.push(done.length);
      actors.push(context.actor.name);
      return { done: done.length, total: steps, finished: done.length >= steps };
    },
  };
}

const add = (kind: string, createdById: string | null = null) =>
  unitOfWork({ deps: product.deps, actor: factoryActor }, 'test.task-added', (tx) =>
    addTask(tx, { kind, payload: { number: 1 }, createdById, total: steps }),
  );

const State = z.object({
  state: z.string(),
  progress_done: z.number(),
  progress_total: z.number(),
  error: z.string().nullable(),
  lease_until: z.date().nullable(),
});
const stateOf = async (id: string) =>
  (
    await product.query(
      State,
      'SELECT state, progress_done, progress_total, error, lease_until FROM background_tasks WHERE id = $1',
      [id],
    )
  )[0];

const setLease = (id: string, moment: string) =>
  product.query(
    z.unknown(),
    `UPDATE background_tasks SET state = 'running', lease_until = ${moment} WHERE id = $1`,
    [id],
  );

describe('R1.8 long work', () => {
  test('is done step by step, in the name of whoever started it, and says how far it came', async () => {
    const user = await createUser(product.deps, { name: 'TaskOwner' });
    const work = counting('plain');
    const id = await add('plain', user.id);
    await runTask(product.deps, [work], id);
    expect(await stateOf(id)).toEqual({
      state: 'done',
      progress_done: steps,
      progress_total: steps,
      error: null,
      lease_until: null,
    });
    expect(new Set(work.actors)).toEqual(new Set(['TaskOwner']));
  });

  test('is done by one worker when two are woken for it', async () => {
    const work = counting('shared', 20);
    const id = await add('shared');
    await Promise.all(Array.from({ length: 5 }, () => runTask(product.deps, [work], id)));
    expect(work.done).toHaveLength(steps);
    await runTask(product.deps, [work], id);
    expect(work.done).toHaveLength(steps);
  });

  test('is left alone while another worker holds it, and taken over when that one is gone', async () => {
    const work = counting('left');
    const id = await add('left');
    await setLease(id, `now() + interval '10 seconds'`);
    await runTask(product.deps, [work], id);
    expect([work.done.length, await abandonedTasks(product.deps.database)]).toEqual([0, []]);
    await setLease(id, `now() - interval '1 second'`);
    expect(await abandonedTasks(product.deps.database)).toEqual([id]);
    await runTask(product.deps, [work], id);
    expect([work.done.length, (await stateOf(id))?.state]).toEqual([steps, 'done']);
    expect(await abandonedTasks(product.deps.database)).toEqual([]);
  });

  test('that nobody was woken for is found after a while', async () => {
    const id = await add('forgotten');
    expect(await abandonedTasks(product.deps.database)).not.toContain(id);
    await product.query(
      z.unknown(),
      `UPDATE background_tasks SET created_at = now() - interval '1 minute' WHERE id = $1`,
      [id],
    );
    expect(await abandonedTasks(product.deps.database)).toContain(id);
    await runTask(product.deps, [counting('forgotten')], id);
  });

  test.each([
    ['in words for the user', new TaskFailure('errors.changedMeanwhile'), 'errors.changedMeanwhile'],
    ['unexpectedly, without details', new Error('password=secret'), 'tasks.unexpectedError'],
  ])('that fails ends %s, and cleans up once', async (_how, failure, stored) => {
    const cleaned: string[] = [];
    const definition: TaskDefinition = {
      kind: 'failing',
      step: () => Promise.reject(failure),
      failed: (_context, taskId) => {
        cleaned.push(taskId);
        return Promise.resolve();
      },
    };
    const id = await add('failing');
    await runTask(product.deps, [definition], id);
    await runTask(product.deps, [definition], id);
    expect(await stateOf(id)).toMatchObject({ state: 'failed', error: stored });
    expect(cleaned).toEqual([id]);
  });

  test('of a kind that nobody works fails instead of waiting for ever', async () => {
    const id = await add('unheard of');
    await runTask(product.deps, [], id);
    expect((await stateOf(id))?.state).toBe('failed');
  });

  test('that a rolled-back unit of work wrote does not exist', async () => {
    let id = '';
    const attempt = unitOfWork({ deps: product.deps, actor: factoryActor }, 'test.task-added', async (tx) => {
      id = await addTask(tx, { kind: 'ghost', payload: {}, createdById: null });
      throw new Error('no');
    });
    await expect(attempt).rejects.toThrow('no');
    expect(await stateOf(id)).toBeUndefined();
  });
});
