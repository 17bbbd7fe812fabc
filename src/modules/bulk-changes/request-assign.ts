import type { Transaction } from '../../core/database.js';
import { formatNumber } from '../../core/format.js';
import { sql } from '../../core/sql.js';
import { assignRequests } from '../assignment/assign-requests.js';
import { mayWorkRequests } from '../assignment/staff-conditions.js';
import { requestScope } from '../service-requests/service-requests.scope.js';
import type { BulkAction } from './bulk-subject.js';
import { valueSelect } from './bulk-value.js';
import { amongRequests, refusedWhenDone, requestAction } from './request-action.js';
import { readLoadAfter, readStaffLoads } from './staff-loads.queries.js';

/** Gives requests to somebody who may work them, whoever had them. */
export const assignRequestsAction: BulkAction = {
  ...requestAction,
  name: 'assign',
  label: 'bulkChanges.requests.action.assign',
  confirm: 'bulkChanges.requests.confirm.assign',
  undoKind: 'bulkChanges.requests.assign',
  permissions: ['service-requests:assign'],
  async field(context) {
    const loads = await readStaffLoads(context);
    const options = loads.map(({ id, name, open, maximum }) => ({
      value: id,
      name,
      label:
        maximum === null
          ? context.t('bulkChanges.requests.load', { name, open })
          : context.t('bulkChanges.requests.loadOf', { name, open, maximum }),
    }));
    return valueSelect('serviceRequests.giveTo', options);
  },
  rule: (_, viewer, value) => ({
    scope: requestScope(viewer, 'service-requests:assign'),
    isSo: sql`service_requests.assignee_id = ${value}::uuid`,
    refusal: sql`CASE ${refusedWhenDone}
      WHEN NOT EXISTS (SELECT FROM users WHERE id = ${value}::uuid AND disabled_at IS NULL
                         AND ${mayWorkRequests(sql`users.id`)}) THEN 'cannotWork' END`,
  }),
  async remark(context, value, changing) {
    const { name, open, maximum, afterwards } = await readLoadAfter(context, value, changing);
    if (maximum === null) return undefined;
    const number = (count: number) => formatNumber(count, context.locale);
    const params = { name, open: number(open), maximum: number(maximum), afterwards: number(afterwards) };
    return afterwards > maximum
      ? { text: context.t('bulkChanges.requests.loadExceeded', params), isWarning: true }
      : { text: context.t('bulkChanges.requests.loadAfter', params), isWarning: false };
  },
  change: (tx, { deps, viewer }, { ids, value }) =>
    handOver(tx, { ids, assigneeId: value, byId: viewer.id, now: deps.now() }),
  received: { kind: 'requestsReceived', href: '/service-requests?group=mine' },
};

/** Takes requests from whoever has them; those who can take them get them by themselves. */
export const giveBackAction: BulkAction = {
  ...requestAction,
  name: 'giveBack',
  label: 'bulkChanges.requests.action.giveBack',
  confirm: 'bulkChanges.requests.confirm.giveBack',
  undoKind: 'bulkChanges.requests.giveBack',
  permissions: ['service-requests:assign', 'service-requests:work'],
  rule: (_, viewer) => ({
    scope: sql`(${requestScope(viewer, 'service-requests:assign')}
      OR service_requests.assignee_id = ${viewer.id}::uuid AND ${requestScope(viewer, 'service-requests:work')})`,
    isSo: sql`service_requests.assignee_id IS NULL`,
    refusal: sql`CASE ${refusedWhenDone} END`,
  }),
  async change(tx, { deps, viewer }, { ids }) {
    const now = deps.now();
    const changed = await handOver(tx, { ids, assigneeId: null, byId: viewer.id, now });
    // Not left to the queue: what it writes would stand in the way of an undo.
    await assignRequests(tx, ids, now);
    return changed;
  },
};

interface HandOver {
  readonly ids: readonly string[];
  /** null for nobody */
  readonly assigneeId: string | null;
  readonly byId: string;
  readonly now: Date;
}

/** The requests and their histories in one statement, as by hand. */
function handOver(tx: Transaction, { ids, assigneeId, byId, now }: HandOver): Promise<number> {
  const way = assigneeId === null ? 'released' : 'byHand';
  return tx.$executeRaw(sql`
    WITH changed AS (
      UPDATE service_requests SET assignee_id = ${assigneeId}::uuid, unassigned_reason = NULL,
        assigned_at = CASE WHEN ${assigneeId}::uuid IS NOT NULL THEN ${now}::timestamptz END
      WHERE ${amongRequests(ids)} RETURNING id
    )
    INSERT INTO request_assignments (id, request_id, assignee_id, way, assigned_by_id, assigned_at)
    SELECT gen_random_uuid(), id, ${assigneeId}::uuid, ${way}, ${byId}::uuid, ${now}::timestamptz FROM changed`);
}
