import { z } from 'zod';
import { wakeTask } from '../../src/core/background-tasks.js';
import { dayOf } from '../../src/core/format.js';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { addRecount } from '../../src/modules/deadlines/recount.service.js';
import { planNightlyReturnVisits } from '../../src/modules/return-visits/nightly-return-visits.service.js';
import { importWork } from './import-work.js';
import { firstRow } from './measured-page.js';
import { requestFile } from './request-file.js';
import { countOf, tasksEnded, type LongWork, type Workplace } from './workplace.js';

const others = '/service-requests';

/** The file of requests has one row for so many of that of customers. */
const customerRowsToOne = 10;

/** What goes over many service requests, as the product starts it. */
export const requestWork: readonly LongWork[] = [
  { name: 'requests: deadlines counted anew', others, budget: 60, run: countDeadlines },
  { name: 'requests: return visits, nightly planning', others, budget: 60, run: planVisits },
  ...importWork({
    ...{ name: 'requests: import', target: 'serviceRequests', others },
    file: ({ rows }) => requestFile(Math.ceil(rows / customerRowsToOne)),
  }),
  { name: 'requests: export to Excel, every tenth', others, run: exportTenth },
];

/** After a policy has become more patient. */
async function countDeadlines({ context, owner }: Workplace): Promise<string> {
  const taskId = await unitOfWork(context, 'deadline-policies.changed', async (tx) => {
    await tx.deadlinePolicy.updateMany({ data: { resolutionMinutes: { increment: 60 } } });
    return addRecount(tx, context);
  });
  await wakeTask(context.deps, taskId);
  await tasksEnded(owner);
  const open = `SELECT count(*) FROM service_requests WHERE state_category <> 'done' AND deleted_at IS NULL`;
  return `${await countOf(owner, open)} open requests`;
}

async function planVisits({ context: { deps } }: Workplace): Promise<string> {
  return `${await planNightlyReturnVisits(deps)} opened`;
}

/** Those of the last days, as many as make a tenth of all. */
async function exportTenth({ manager, owner }: Workplace): Promise<string> {
  const { received_at: from } = await firstRow(
    owner,
    z.object({ received_at: z.date() }),
    `SELECT received_at FROM service_requests ORDER BY received_at DESC OFFSET (SELECT count(*) / 10 FROM service_requests) LIMIT 1`,
  );
  const bytes = await manager.drain(`/service-requests.xlsx?receivedFrom=${dayOf(from)}`);
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
