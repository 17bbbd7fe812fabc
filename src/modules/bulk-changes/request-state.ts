import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { readRows, type RowSource } from '../../core/read-rows.js';
import { anyOf, joinSql, sql, type Sql } from '../../core/sql.js';
import {
  requiredFields,
  stateCategories,
  transitionPermissions,
  type RequiredField,
} from '../request-states/request-state.js';
import { readRequestChoices } from '../service-requests/request-choices.queries.js';
import { stateOptions } from '../service-requests/request-labels.js';
import { requestLimits } from '../service-requests/request.js';
import { requestScope } from '../service-requests/service-requests.scope.js';
import { settleClosing, settleReopening } from '../service-requests/settle-request.js';
import type { BulkAction, BulkBatch } from './bulk-subject.js';
import { valueSelect } from './bulk-value.js';
import { amongRequests, requestAction, settleRequests } from './request-action.js';

/** Takes requests a step on in their lifecycle, from wherever it allows that and nothing but a reason is lacking for it. */
export const moveToStateAction: BulkAction = {
  ...requestAction,
  name: 'state',
  label: 'bulkChanges.requests.action.state',
  confirm: 'bulkChanges.requests.confirm.state',
  undoKind: 'bulkChanges.requests.state',
  permissions: [...transitionPermissions],
  // Surveys and return visits follow from each closing by itself: 25 take about a second.
  batchSize: 25,
  field: async (context) =>
    valueSelect('serviceRequests.state', stateOptions(context.t, await readRequestChoices(context))),
  async rule(source, viewer, stateId, isReasonGiven) {
    const steps = await readStepsTo(source, stateId);
    return {
      scope: byState(steps, ({ permission }) => requestScope(viewer, permission), sql`TRUE`),
      isSo: sql`service_requests.state_id = ${stateId}::uuid`,
      refusal: byState(
        steps,
        ({ requiredFields: required }) =>
          sql`CASE WHEN ${anyOf(required.map((field) => missing(isReasonGiven)[field]))} THEN 'hasGaps' END`,
        sql`'hasNoStep'`,
      ),
    };
  },
  async reasonField({ deps }, stateId, changing) {
    const steps = await readStepsTo(deps.database, stateId);
    const asks = byState(
      steps,
      (step) => sql`${step.requiredFields.includes('reason')}::boolean`,
      sql`FALSE`,
    );
    const [found] = await deps.database.rows(
      sql`SELECT EXISTS (SELECT FROM service_requests WHERE ${changing} AND ${asks}) AS required`,
      z.object({ required: z.boolean() }),
    );
    return {
      ...{ name: 'reason', label: 'serviceRequests.reason', kind: 'text', maxLength: requestLimits.reason },
      ...{ help: 'bulkChanges.requests.reasonHelp', required: found?.required ?? false },
    };
  },
  change: moveToState,
};

const Step = z.object({
  from: z.string(),
  permission: z.enum(transitionPermissions),
  requiredFields: z.array(z.enum(requiredFields)),
});

type Step = z.infer<typeof Step>;

const readStepsTo = (source: RowSource, stateId: string): Promise<Step[]> =>
  readRows(
    source,
    sql`SELECT from_state_id::text AS "from", permission, required_fields AS "requiredFields" FROM request_transitions
        JOIN request_states AS target ON target.id = to_state_id AND target.archived_at IS NULL
        WHERE to_state_id = ${stateId}::uuid`,
    Step,
  );

/** What holds for a request by the state that it is in. */
const byState = (steps: readonly Step[], then: (step: Step) => Sql, otherwise: Sql): Sql =>
  steps.length === 0
    ? otherwise
    : sql`CASE service_requests.state_id ${joinSql(
        steps.map((step) => sql`WHEN ${step.from}::uuid THEN ${then(step)}`),
        ' ',
      )} ELSE ${otherwise} END`;

const complaintLacks = (column: Sql): Sql => sql`EXISTS (
  SELECT FROM complaints WHERE complaints.id = service_requests.id AND ${column} IS NULL)`;

/** What a step can ask for and a request lacks; the reason is given for many at once, nothing else is. */
const missing = (isReasonGiven: boolean): Readonly<Record<RequiredField, Sql>> => ({
  reason: sql`${!isReasonGiven}::boolean`,
  assignee: sql`service_requests.assignee_id IS NULL`,
  category: sql`service_requests.category_id IS NULL`,
  resolution: sql`service_requests.resolution IS NULL`,
  cause: complaintLacks(sql`complaints.cause_id`),
  responsibility: complaintLacks(sql`complaints.responsibility`),
  remedy: complaintLacks(sql`complaints.remedy`),
});

const Moved = z.object({ id: z.string(), was: z.enum(stateCategories), is: z.enum(stateCategories) });

/** As `applyStep` does it for one: the state and its history, then what follows from it, from closing and from reopening. */
async function moveToState(tx: Transaction, context: ViewerContext, batch: BulkBatch): Promise<number> {
  const { ids } = batch;
  const moved = await readRows(tx, entering(context, batch), Moved);
  for (const { id, was, is } of moved) {
    if (was === 'done' && is !== 'done') await settleReopening(tx, context, id);
  }
  await settleRequests(tx, context, ids);
  for (const { id, was, is } of moved) {
    if (was !== 'done' && is === 'done') await settleClosing(tx, context, id);
  }
  return moved.length;
}

const entering = ({ deps, actor }: ViewerContext, { ids, value: stateId, reason }: BulkBatch): Sql => sql`
  WITH moving AS (
    SELECT service_requests.id, state_id, state_category, target.category
    FROM service_requests, request_states AS target WHERE ${amongRequests(ids)} AND target.id = ${stateId}::uuid),
  moved AS (
    UPDATE service_requests SET
      state_id = ${stateId}::uuid, state_category = moving.category,
      closed_at = CASE WHEN moving.category = 'done' THEN coalesce(closed_at, ${deps.now()}::timestamptz) END,
      customer_waits_since = CASE WHEN moving.category <> 'done' THEN customer_waits_since END,
      reopened_at = CASE WHEN ${isReopened} THEN ${deps.now()}::timestamptz ELSE reopened_at END,
      reopen_count = reopen_count + CASE WHEN ${isReopened} THEN 1 ELSE 0 END
    FROM moving WHERE service_requests.id = moving.id
    RETURNING service_requests.id, moving.state_id, moving.state_category, moving.category),
  noted AS (
    INSERT INTO request_state_changes (id, request_id, from_state_id, to_state_id, category, reason, changed_by_id, changed_at)
    SELECT gen_random_uuid(), id, state_id, ${stateId}::uuid, category, ${reason}, ${actor.id}::uuid, ${deps.now()}::timestamptz
    FROM moved)
  SELECT id::text, state_category AS was, category AS "is" FROM moved ORDER BY id`;

const isReopened = sql`moving.state_category = 'done' AND moving.category <> 'done'`;
