import { z } from 'zod';
import type { TaskProgress } from '../../core/background-tasks.js';
import type { Context } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { unitOfWork, type AuditAction } from '../../core/unit-of-work.js';
import { openChunk, type Stage } from './import-chunks.js';
import type { ImportJob } from './import-job.js';
import { saveFirstRows } from './first-rows.js';
import { Overtaken } from './overtaken.js';
import { saveReports } from './save-reports.js';

/** A pass over all chunks of a file: first to check them, then to store them. */
export interface Pass {
  readonly action: AuditAction;
  readonly from: Stage;
  readonly to: Stage;
  /** The undoable action that stored rows belong to; null while they are only checked. */
  readonly storingAs: string | null;
}

const maximumAttempts = 3;
const chunkTimeoutMillis = 30_000;

const TakenChunk = z.object({ chunk_no: z.number(), rows_encrypted: z.instanceof(Uint8Array) });

/**
 * Takes the next chunk of a pass through one unit of work: what its rows become, the report on each, and how far the
 * chunk came. So a pass that is killed goes on with the first chunk that is not through, and none goes through twice.
 * @returns false when all chunks are through, or what the pass stores was undone.
 */
export async function processNextChunk(context: Context, job: ImportJob, pass: Pass): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await unitOfWork(context, pass.action, (tx) => processChunk(tx, context, job, pass), {
        timeoutMillis: chunkTimeoutMillis,
        ...(pass.storingAs !== null && { undoableActionId: pass.storingAs }),
      });
    } catch (error) {
      if (!(error instanceof Overtaken) || attempt === maximumAttempts) throw error;
    }
  }
}

async function processChunk(tx: Transaction, context: Context, job: ImportJob, pass: Pass): Promise<boolean> {
  const { row, target, settings, importer } = job;
  if (pass.storingAs !== null && !(await holdAction(tx, pass.storingAs))) return false;
  const [chunk] = TakenChunk.array().parse(
    await tx.$queryRaw`
      SELECT chunk_no, rows_encrypted FROM import_chunks
      WHERE import_id = ${row.id}::uuid AND stage = ${pass.from} ORDER BY chunk_no LIMIT 1 FOR UPDATE`,
  );
  if (!chunk) return false;
  const rows = openChunk(context.deps.cipher, row.id, chunk.chunk_no, chunk.rows_encrypted);
  const basis = {
    tx,
    context,
    importId: row.id,
    columns: row.mapping,
    options: row.options,
    settings,
    importer,
  };
  const { reports, firstRows } = await target.process({ ...basis, storingAs: pass.storingAs }, rows);
  await saveReports(tx, row.id, reports);
  if (pass.storingAs === null) await saveFirstRows(tx, row.id, firstRows);
  await tx.importChunk.update({
    where: { importId_chunkNo: { importId: row.id, chunkNo: chunk.chunk_no } },
    data: { stage: pass.to },
    select: { chunkNo: true },
  });
  return true;
}

/** Keeps the action from being undone until this chunk is through; false when it was or is being undone. */
async function holdAction(tx: Transaction, actionId: string): Promise<boolean> {
  const count = await tx.$executeRaw`
    SELECT id FROM undoable_actions WHERE id = ${actionId}::uuid AND undone_at IS NULL FOR SHARE SKIP LOCKED`;
  return count === 1;
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
