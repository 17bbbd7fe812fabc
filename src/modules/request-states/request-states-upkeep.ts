import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { Conflict } from '../../core/errors.js';
import { formatCappedCount } from '../../core/format.js';
import { sql } from '../../core/sql.js';
import type { GuardedChange, Upkeep } from '../service-settings/setting-kind.js';
import { usageCap } from '../service-settings/setting-usage.queries.js';
import { problemsAfter } from './lifecycle-check.js';
import { changesOf, findRequestState, requestsIn } from './request-states.queries.js';
import { stateName } from './state-name.js';

/** How states are kept in order, taken out of use and deleted. */
export const requestStateUpkeep: Upkeep = {
  table: 'request_states',
  isTree: false,
  actions: {
    moved: 'request-states.moved',
    archived: 'request-states.archived',
    unarchived: 'request-states.unarchived',
    deleted: 'request-states.deleted',
  },
  usedBy: {
    requests: (id) => requestsIn(sql`${id}::uuid`),
    history: (id) => changesOf(sql`${id}::uuid`),
  },
  guard: guardState,
};

/**
 * @throws Conflict when requests begin in the state or are in it, or the lifecycle would no longer hold together.
 */
async function guardState(
  tx: Transaction,
  context: ViewerContext,
  { id, change, apply }: GuardedChange,
): Promise<void> {
  const state = await findRequestState(tx, id);
  const name = stateName(context.t, state);
  if (change !== 'unarchived') {
    if (state.isInitial) throw new Conflict('requestStates.initialStays', { name });
    const count = await tx.serviceRequest.count({
      where: { stateId: id, deletedAt: null },
      take: usageCap + 1,
    });
    const number = formatCappedCount(count, usageCap, context.locale);
    if (count > 0) throw new Conflict('requestStates.hasRequests', { name, count, number });
  }
  const problems = await problemsAfter(
    tx,
    context.t,
    async () => {
      const ends = [{ fromStateId: id }, { toStateId: id }];
      if (change === 'deleted') await tx.requestTransition.deleteMany({ where: { OR: ends } });
      await apply();
    },
    id,
  );
  const [problem] = problems;
  if (problem) throw new Conflict(problem.key, problem.params);
}
