import { setTimeout as delay } from 'node:timers/promises';
import { v7 as newId } from 'uuid';
import { z } from 'zod';
import type { Context, Dependencies } from './context.js';
import type { Database, Transaction } from './database.js';
import { isMessageKey, translator, type MessageKey, type MessageParams } from './i18n.js';
import { sql } from './sql.js';

export const backgroundTaskQueue = 'background-task';

/** Seconds for which a worker holds a task; it renews in time, and after a kill another worker takes over when it ends. */
const leaseSeconds = 15;

export interface TaskProgress {
  readonly done: number;
  readonly total: number;
}

/**
 * Long work that a user watches. `step` does one bounded piece in its own unit of work, which also notes how far it came,
 * so that a killed task goes on where it stopped and nothing is done twice.
 */
export interface TaskDefinition {
  readonly kind: string;
  /** Returns the progress and whether more is to do. Throwing ends the task as failed. */
  step(context: Context, taskId: string, payload: unknown): Promise<TaskProgress & { finished: boolean }>;
  /** Runs once after the task failed for good; leaves everything in a state the user understands. */
  failed?(context: Context, taskId: string, payload: unknown, error: unknown): Promise<void>;
}

/** A failure that the user can understand; other errors are shown as unexpected, with the id of the task. */
export class TaskFailure extends Error {
  constructor(
    readonly key: MessageKey,
    readonly params: MessageParams = {},
  ) {
    super(key);
  }
}

/** Writes a task within a unit of work. Call `wakeTask` after the commit. */
export async function addTask(
  tx: Transaction,
  task: {
    kind: string;
    payload: Readonly<Record<string, string | number>>;
    createdById: string | null;
    total?: number;
  },
): Promise<string> {
  const id = newId();
  await tx.backgroundTask.create({
    data: {
      id,
      kind: task.kind,
      payload: task.payload,
      createdById: task.createdById,
      progressTotal: task.total ?? 0,
    },
  });
  return id;
}

/** Tells a worker that the task is there. */
export const wakeTask = (deps: Dependencies, taskId: string): Promise<void> =>
  deps.jobs.wake(backgroundTaskQueue, { taskId });

const TaskRow = z.object({
  id: z.string(),
  kind: z.string(),
  payload: z.unknown(),
  created_by_id: z.string().nullable(),
  created_by_name: z.string().nullable(),
});

/** Works one task to its end, unless another worker holds it. */
export async function runTask(
  deps: Dependencies,
  definitions: readonly TaskDefinition[],
  taskId: string,
): Promise<void> {
  const task = await takeLease(deps.database, taskId);
  if (!task) return;
  const context = taskContext(deps, task);
  const definition = definitions.find(({ kind }) => kind === task.kind);
  const renewal = setInterval(() => void renewLease(deps, taskId), (leaseSeconds * 1_000) / 3);
  try {
    if (!definition) throw new Error(`nobody works tasks of kind ${task.kind}`);
    for (;;) {
      const progress = await definition.step(context, taskId, task.payload);
      await noteProgress(deps.database, taskId, progress);
      if (progress.finished) break;
      await delay(0);
    }
    await finish(deps.database, taskId, 'done', null);
  } catch (error) {
    deps.logger.error({ err: error, taskId, kind: task.kind }, 'task failed');
    await finish(
      deps.database,
      taskId,
      'failed',
      error instanceof TaskFailure ? error.key : 'tasks.unexpectedError',
    );
    await definition?.failed?.(context, taskId, task.payload, error);
  } finally {
    clearInterval(renewal);
  }
}

/** Ids of tasks that nobody works: never taken although woken a while ago, or left by a worker that died. At most 20. */
export async function abandonedTasks(database: Database): Promise<string[]> {
  const rows = await database.rows(
    sql`SELECT id::text FROM background_tasks
        WHERE state IN ('queued', 'running')
          AND coalesce(lease_until, created_at + interval '3 seconds') < now()
        ORDER BY created_at LIMIT 20`,
    z.object({ id: z.string() }),
  );
  return rows.map(({ id }) => id);
}

/** The sentence for a task's stored error. */
export const taskError = (t: Context['t'], error: string | null): string =>
  error !== null && isMessageKey(error) ? t(error) : '';

async function takeLease(database: Database, taskId: string): Promise<z.infer<typeof TaskRow> | undefined> {
  const { rows } = await database.pool.query(
    `UPDATE background_tasks SET state = 'running', started_at = coalesce(started_at, now()),
            lease_until = now() + make_interval(secs => $2)
     FROM (SELECT id, (SELECT name FROM users WHERE users.id = created_by_id) AS created_by_name
           FROM background_tasks WHERE id = $1) AS found
     WHERE background_tasks.id = found.id AND state IN ('queued', 'running')
       AND (lease_until IS NULL OR lease_until < now())
     RETURNING background_tasks.id::text, kind, payload, created_by_id::text, created_by_name`,
    [taskId, leaseSeconds],
  );
  return TaskRow.array().parse(rows)[0];
}

async function renewLease(deps: Dependencies, taskId: string): Promise<void> {
  await deps.database.pool
    .query(
      'UPDATE background_tasks SET lease_until = now() + make_interval(secs => $2) WHERE id = $1 AND state = $3',
      [taskId, leaseSeconds, 'running'],
    )
    .catch((error: unknown) => deps.logger.warn({ err: error, taskId }, 'lease not renewed'));
}

async function noteProgress(database: Database, taskId: string, progress: TaskProgress): Promise<void> {
  await database.pool.query(
    'UPDATE background_tasks SET progress_done = $2, progress_total = $3 WHERE id = $1',
    [taskId, progress.done, progress.total],
  );
}

async function finish(
  database: Database,
  taskId: string,
  state: 'done' | 'failed',
  error: string | null,
): Promise<void> {
  await database.pool.query(
    'UPDATE background_tasks SET state = $2, error = $3, finished_at = now(), lease_until = NULL WHERE id = $1',
    [taskId, state, error],
  );
}

/** A task acts in the name of whoever started it. */
function taskContext(deps: Dependencies, task: z.infer<typeof TaskRow>): Context {
  return {
    deps,
    locale: 'en',
    t: translator('en'),
    actor: {
      id: task.created_by_id,
      name: task.created_by_name ?? 'system',
      requestId: `task:${task.id}`,
    },
  };
}
