import { z } from 'zod';
import type { TaskProgress } from '../../core/background-tasks.js';
import type { Context } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { saveFirstRows } from './first-rows.js';
import type { ImportJob } from './import-job.js';
import { Overtaken } from './overtaken.js';
import type { Pass } from './passes.js';
import { readChunk, type ReadChunk } from './read-chunk.js';
import { saveReports } from './save-reports.js';

/** Chunks of one step of a task: between steps others get their turn and rights are read again. */
const chunksPerStep = 20;
const maximumAttempts = 3;
const chunkTimeoutMillis = 30_000;

/**
 * Puts some chunks of an import through a pass, each in one unit of work: what its rows become, the report on each, and
 * how far the chunk came. So a pass that is killed goes on with the first chunk that is not through, and none goes through
 * twice. While the database stores one chunk, the next one is read: earlier, its encryption would keep the chunk waiting.
 * @returns false when all chunks are through; true when more is to do, or the import has to be looked at again.
 */
export async function processChunks(context: Context, job: ImportJob, pass: Pass): Promise<boolean> {
  let ahead = readChunk(context, job, pass, -1);
  for (let count = 1; count <= chunksPerStep; count += 1) {
    const chunk = await ahead;
    if (!chunk) return false;
    const readNext = () => {
      if (count < chunksPerStep) ahead = readChunk(context, job, pass, chunk.chunkNo);
      ahead.catch(() => undefined);
    };
    if (!(await processChunk(context, job, pass, chunk, readNext))) return true;
  }
  return true;
}

async function processChunk(
  context: Context,
  job: ImportJob,
  pass: Pass,
  chunk: ReadChunk,
  readNext: () => void,
): Promise<boolean> {
  const actionId = pass.to === 'stored' ? job.row.undoable_action_id : null;
  const options = {
    timeoutMillis: chunkTimeoutMillis,
    ...(actionId !== null && { undoableActionId: actionId }),
  };
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await unitOfWork(context, pass.action, (tx) => put(tx, job, pass, chunk, readNext), options);
    } catch (error) {
      if (!(error instanceof Overtaken) || attempt === maximumAttempts) throw error;
    }
  }
}

async function put(
  tx: Transaction,
  job: ImportJob,
  pass: Pass,
  chunk: ReadChunk,
  readNext: () => void,
): Promise<boolean> {
  if (!(await holdImport(tx, job, pass, chunk.chunkNo))) return false;
  const { row } = job;
  const { reports, firstRows, store } = await chunk.decide(tx);
  const storing = store();
  readNext();
  await storing;
  await saveReports(tx, row.id, reports, chunk.plan);
  if (pass.to === 'checked') await saveFirstRows(tx, row.id, firstRows);
  await tx.importChunk.update({
    where: { importId_chunkNo: { importId: row.id, chunkNo: chunk.chunkNo } },
    data: { stage: pass.to },
    select: { chunkNo: true },
  });
  return true;
}

/**
 * Keeps others from stopping, undoing or working the import until the chunk is through. False when it was stopped or
 * undone, or when another worker has put this chunk through.
 */
async function holdImport(
  tx: Transaction,
  { row }: ImportJob,
  pass: Pass,
  chunkNo: number,
): Promise<boolean> {
  const isHeld = await tx.$executeRaw`
    SELECT FROM imports WHERE id = ${row.id}::uuid AND state = ${pass.state} FOR NO KEY UPDATE`;
  if (isHeld === 0) return false;
  if (pass.to === 'stored') {
    const isWanted = await tx.$executeRaw`
      SELECT FROM undoable_actions WHERE id = ${row.undoable_action_id}::uuid AND undone_at IS NULL FOR SHARE`;
    if (isWanted === 0) return false;
  }
  const next = await tx.importChunk.findFirst({
    where: { importId: row.id, stage: pass.from },
    orderBy: { chunkNo: 'asc' },
    select: { chunkNo: true },
  });
  return next?.chunkNo === chunkNo;
}

const Sum = z.tuple([z.object({ done: z.number() })]);

/** How many rows of an import a pass has put through. */
export async function passProgress(context: Context, job: ImportJob, pass: Pass): Promise<TaskProgress> {
  const { rows } = await context.deps.database.pool.query(
    'SELECT coalesce(sum(row_count), 0)::integer AS done FROM import_chunks WHERE import_id = $1 AND stage = $2',
    [job.row.id, pass.to],
  );
  return { done: Sum.parse(rows)[0].done, total: job.row.row_count };
}
