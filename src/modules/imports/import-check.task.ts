import type { TaskDefinition } from '../../core/background-tasks.js';
import type { Context } from '../../core/context.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { markFailed } from './import-failure.js';
import { findJob, ImportPayload, type ImportJob } from './import-job.js';
import { checkPass } from './passes.js';
import { passProgress, processChunks } from './process-chunks.js';
import { countReports } from './save-reports.js';

export const checkTaskKind = 'imports.check';

const finishTimeoutMillis = 60_000;

/** Goes through the rows of a file without storing them, and says what would become of each. */
export const importCheckTask: TaskDefinition = {
  kind: checkTaskKind,
  async step(context, taskId, payload) {
    const { importId } = ImportPayload.parse(payload);
    const job = await findJob(context, taskId, importId);
    if (job?.row.state !== 'checking') return { done: 0, total: 0, finished: true };
    const isMore = await processChunks(context, job, checkPass);
    if (!isMore) await finishCheck(context, job);
    return { ...(await passProgress(context, job, checkPass)), finished: !isMore };
  },
  failed: markFailed,
};

async function finishCheck(context: Context, job: ImportJob): Promise<void> {
  await unitOfWork(
    context,
    'imports.checked',
    async (tx) => {
      const counts = await countReports(tx, job.row.id);
      await tx.import.updateMany({
        where: { id: job.row.id, state: 'checking' },
        data: { state: 'ready', ...counts },
      });
    },
    { timeoutMillis: finishTimeoutMillis },
  );
}
