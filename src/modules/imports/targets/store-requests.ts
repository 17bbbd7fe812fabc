import { v7 as newId } from 'uuid';
import type { Transaction } from '../../../core/database.js';
import { dayOf } from '../../../core/format.js';
import { requestLimits } from '../../service-requests/request.js';
import { drawRequestNumbers } from '../../service-requests/request-numbers.js';
import type { RequestDecision, RequestParts } from './decide-requests.js';
import type { FieldValues } from './read-row.js';
import type { RequestField } from './request-fields.js';
import type { ImportStates } from './request-references.js';
import type { RequestRow } from './request-row.js';
import { createRequests, type Closing, type NewRequest, type NewStateChange } from './write-requests.js';

/** A new request with what was found out about it. */
export interface PlannedRequest {
  readonly id: string;
  readonly values: FieldValues<RequestField>;
  readonly parts: RequestParts;
  readonly receivedAt: string;
}

export const plannedRequest = (id: string, { values }: RequestRow, parts: RequestParts): PlannedRequest => ({
  ...{ id, values, parts },
  receivedAt: values.receivedAt ?? '',
});

/** Stores new requests as history: begun when they were received, done when they were closed, with no deadlines. */
export async function storeRequests(
  tx: Transaction,
  importerId: string,
  states: ImportStates,
  planned: readonly PlannedRequest[],
): Promise<void> {
  if (planned.length === 0) return;
  const numbers = await drawRequestNumbers(
    tx,
    planned.map(({ receivedAt }) => new Date(receivedAt)),
  );
  const requests = planned.map((request, at) => newRequest(importerId, states, request, numbers[at] ?? ''));
  const withBehaviour = (behaviour: string) =>
    planned.filter(({ parts }) => parts.type.behaviour === behaviour);
  await createRequests(tx, requests, {
    complaintIds: withBehaviour('complaint').map(({ id }) => id),
    returnVisits: withBehaviour('returnVisit').map(({ id, receivedAt }) => ({
      ...{ id, day: dayOf(new Date(receivedAt)) },
    })),
    assignments: requests.flatMap(({ id, assignee_id, received_at }) =>
      assignee_id === null
        ? []
        : {
            ...{ id: newId(), request_id: id, assignee_id, way: 'byHand' as const },
            ...{ assigned_by_id: importerId, assigned_at: received_at },
          },
    ),
    stateChanges: requests.flatMap((request) => history(importerId, states, request)),
  });
}

function newRequest(
  importerId: string,
  states: ImportStates,
  { id, values, parts, receivedAt }: PlannedRequest,
  requestNo: string,
): NewRequest {
  const { closedAt, sourceNo = '', place, area } = values;
  return {
    id,
    request_no: requestNo,
    source_no: sourceNo,
    type_id: parts.type.id,
    category_id: parts.categoryId,
    state_id: closedAt === undefined ? states.open : endState(states, values),
    state_category: closedAt === undefined ? 'open' : 'done',
    priority: Number(values.priority ?? parts.type.defaultPriority),
    channel: values.channel ?? 'other',
    subject: subjectOf(values, parts),
    description: values.description ?? null,
    customer_id: parts.customerId,
    branch_id: parts.branchId,
    team_id: parts.type.teamId,
    assignee_id: parts.assigneeId,
    assigned_at: parts.assigneeId === null ? null : receivedAt,
    place: [place, area].filter((part) => part !== undefined).join(', ') || null,
    resolution: values.resolution ?? null,
    received_at: receivedAt,
    last_entry_at: receivedAt,
    closed_at: closedAt ?? null,
    created_by_id: importerId,
  };
}

/** A closing time wins over a status that says otherwise. */
const endState = (states: ImportStates, { status }: FieldValues<RequestField>): string =>
  status === 'cancelled' ? states.cancelled : states.closed;

const subjectOf = (values: FieldValues<RequestField>, { topic, type }: RequestParts): string =>
  (values.subject ?? (topic.join(': ') || type.name)).slice(0, requestLimits.subject);

function history(importerId: string, states: ImportStates, request: NewRequest): NewStateChange[] {
  const begun = {
    ...{ id: newId(), request_id: request.id, from_state_id: null, to_state_id: states.open },
    ...{ category: 'open' as const, changed_by_id: importerId, changed_at: request.received_at },
  };
  if (request.closed_at === null) return [begun];
  return [begun, ending(importerId, request.id, states.open, request.state_id, request.closed_at)];
}

const ending = (
  importerId: string,
  requestId: string,
  fromStateId: string,
  toStateId: string,
  closedAt: string,
): NewStateChange => ({
  ...{ id: newId(), request_id: requestId, from_state_id: fromStateId, to_state_id: toStateId },
  ...{ category: 'done', changed_by_id: importerId, changed_at: closedAt },
});

/** How a stored request is closed by its row. */
export function closingOf(
  importerId: string,
  states: ImportStates,
  { row: { values }, known }: RequestDecision,
): Closing[] {
  const { closedAt, resolution = null } = values;
  if (!known || closedAt === undefined) return [];
  const wasDone = known.state_category === 'done';
  const stateId = wasDone ? known.state_id : endState(states, values);
  const change = wasDone ? null : ending(importerId, known.id, known.state_id, stateId, closedAt);
  return [{ requestId: known.id, stateId, closedAt, resolution, change }];
}
