import { z } from 'zod';
import type { TaskDefinition } from '../../core/background-tasks.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { readCustomFields } from '../custom-fields/custom-fields.queries.js';
import { refreshSegment, refreshTaskKind } from './refresh-segment.js';
import { segmentCatalogue } from './segment-catalogue.js';

const refreshTimeoutMillis = 5 * 60_000;

const Payload = z.object({ segmentId: z.string() });

/** Finds the members of one segment anew, in one step. */
export const segmentRefreshTask: TaskDefinition = {
  kind: refreshTaskKind,
  async step(context, _taskId, payload) {
    const { segmentId } = Payload.parse(payload);
    const catalogue = segmentCatalogue(await readCustomFields(context));
    await unitOfWork(
      context,
      'segments.refreshed',
      async (tx) => {
        await tx.$executeRaw`SELECT set_config('statement_timeout', '0', true), set_config('lock_timeout', '120s', true),
                                    set_config('work_mem', '64MB', true)`;
        await refreshSegment(tx, context, segmentId, catalogue);
      },
      { timeoutMillis: refreshTimeoutMillis },
    );
    return { done: 1, total: 1, finished: true };
  },
};
