import type { TaskDefinition } from '../../core/background-tasks.js';
import type { Context } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { markFailed } from './import-failure.js';
import { findJob, ImportPayload, type ImportJob } from './import-job.js';
import { storePass } from './passes.js';
import { passProgress, processChunks } from './process-chunks.js';
import { countReports } from './save-reports.js';

export const runTaskKind = 'imports.run';

const finishTimeoutMillis = 60_000;

/** Stores the rows of a checked file, chunk by chunk. */
export const importRunTask: TaskDefinition = {
  kind: runTaskKind,
  async step(context, taskId, payload) {
    const { importId } = ImportPayload.parse(payload);
    const job = await findJob(context, taskId, importId);
    if (!job || (job.row.state !== 'running' && job.row.state !== 'cancelling')) {
      return { done: 0, total: 0, finished: true };
    }
    const isWanted = job.row.state === 'running' && !job.row.is_undone;
    const isMore = isWanted && (await processChunks(context, job, storePass));
    if (!isMore) await finishRun(context, job);
    return { ...(await passProgress(context, job, storePass)), finished: !isMore };
  },
  failed: markFailed,
};

/** Counts what was done. Of a cancelled import the rows that were not reached are skipped. */
async function finishRun(context: Context, job: ImportJob): Promise<void> {
  const { id, undoable_action_id: actionId } = job.row;
  await unitOfWork(
    context,
    'imports.finished',
    async (tx) => {
      const unreachedRows = await skipUnreachedRows(tx, id);
      const counts = await countReports(tx, id);
      await tx.importKey.deleteMany({ where: { importId: id } });
      await tx.import.updateMany({
        where: { id, state: { in: ['running', 'cancelling'] } },
        data: { state: unreachedRows > 0 ? 'cancelled' : 'done', ...counts },
      });
      const { createdCount, updatedCount } = counts;
      await tx.$executeRaw`
        UPDATE undoable_actions
        SET summary = summary || jsonb_build_object('created', ${createdCount}::integer, 'updated', ${updatedCount}::integer)
        WHERE id = ${actionId}::uuid`;
    },
    { timeoutMillis: finishTimeoutMillis },
  );
}

/** @returns how many there were. */
function skipUnreachedRows(tx: Transaction, importId: string): Promise<number> {
  return tx.$executeRaw`
    UPDATE import_rows SET outcome = 'skipped', is_duplicate = FALSE, creates_customer = FALSE, record_id = NULL,
           problems = '[{"field": null, "key": "imports.remark.cancelled", "params": {}}]'
    WHERE import_id = ${importId}::uuid
      AND row_no >= (SELECT min(first_row_no) FROM import_chunks
                     WHERE import_id = ${importId}::uuid AND stage <> 'stored')`;
}
