import type { TaskDefinition } from '../../core/background-tasks.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { ImportPayload } from './import-job.js';

/** Marks the import of a task that failed for good; what it stored stays, and can be gone on with or taken back. */
export const markFailed: NonNullable<TaskDefinition['failed']> = async (context, taskId, payload) => {
  const { importId } = ImportPayload.parse(payload);
  await unitOfWork(context, 'imports.failed', async (tx) => {
    await tx.import.updateMany({
      where: { id: importId, taskId, state: { in: ['checking', 'running', 'cancelling'] } },
      data: { state: 'failed' },
    });
  });
};
