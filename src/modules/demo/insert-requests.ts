import type { Transaction } from '../../core/database.js';
import { mostRecomputed, recomputeDeadlines } from '../deadlines/recompute-deadlines.js';
import { drawRequestNumbers } from '../service-requests/request-numbers.js';
import type { DemoRequest } from './company/request.js';
import type { DemoContext } from './demo-part.js';
import { insertRows } from './insert-rows.js';
import type { Random } from './random.js';

interface Keys {
  readonly types: ReadonlyMap<string, string>;
  readonly states: ReadonlyMap<string, { readonly id: string; readonly category: string }>;
  readonly causeIds: readonly string[];
}

/** Stores requests with their history, and counts their deadlines. */
export async function insertRequests(
  { deps, tx }: DemoContext,
  random: Random,
  requests: readonly DemoRequest[],
): Promise<void> {
  const keys = await readKeys(tx);
  const numbers = await drawRequestNumbers(
    tx,
    requests.map(({ receivedAt }) => receivedAt),
  );
  const rows = requests.map((request, index) => requestRow(keys, request, numbers[index] ?? ''));
  await insertRows(tx, 'service_requests', rows);
  await insertRows(
    tx,
    'request_state_changes',
    requests.flatMap((request) => stateRows(random, keys, request)),
  );
  await insertRows(
    tx,
    'request_entries',
    requests.flatMap((request) => entryRows(random, request)),
  );
  await insertRows(
    tx,
    'request_assignments',
    requests.flatMap((request) => assignmentRows(random, request)),
  );
  const complaints = requests.filter(({ type }) => type === 'complaint');
  await insertRows(
    tx,
    'complaints',
    complaints.map((request) => complaintRow(random, keys, request)),
  );
  for (let start = 0; start < requests.length; start += mostRecomputed) {
    const ids = requests.slice(start, start + mostRecomputed).map(({ id }) => id);
    await recomputeDeadlines(tx, ids, deps.now());
  }
}

async function readKeys(tx: Transaction): Promise<Keys> {
  const select = { id: true, shippedKey: true } as const;
  const types = await tx.requestType.findMany({ where: { shippedKey: { not: null } }, select });
  const states = await tx.requestState.findMany({
    where: { shippedKey: { not: null } },
    select: { ...select, category: true },
  });
  const causes = await tx.complaintCause.findMany({
    where: { parentId: { not: null } },
    select: { id: true },
    orderBy: { name: 'asc' },
  });
  return {
    types: new Map(types.map(({ id, shippedKey }) => [shippedKey ?? '', id])),
    states: new Map(states.map(({ id, shippedKey, category }) => [shippedKey ?? '', { id, category }])),
    causeIds: causes.map(({ id }) => id),
  };
}

const textOf = (moment: Date | undefined): string | null => moment?.toISOString() ?? null;

function requestRow(keys: Keys, request: DemoRequest, number: string) {
  const last = request.states.at(-1);
  const state = keys.states.get(last?.state ?? 'new');
  const isDone = state?.category === 'done';
  const changedAt = last?.at ?? request.receivedAt;
  return {
    id: request.id,
    request_no: number,
    type_id: keys.types.get(request.type) ?? null,
    state_id: state?.id ?? null,
    state_category: state?.category ?? null,
    priority: request.priority,
    channel: request.channel,
    subject: request.subject,
    description: request.description,
    customer_id: request.customer.id,
    branch_id: request.customer.branch.id,
    team_id: request.customer.branch.teamId,
    assignee_id: request.assignee?.id ?? null,
    assigned_at: request.assignee ? textOf(request.receivedAt) : null,
    resolution: request.resolution ?? null,
    origin: request.origin ?? null,
    received_at: textOf(request.receivedAt),
    first_responded_at: textOf(request.words.find(({ kind }) => kind === 'reply')?.at),
    last_entry_at: textOf(changedAt),
    closed_at: isDone ? textOf(changedAt) : null,
    created_by_id: request.assignee?.id ?? null,
    reopen_count: 0,
    version: 1,
    created_at: textOf(request.receivedAt),
    updated_at: textOf(changedAt),
  };
}

const stateRows = (random: Random, keys: Keys, request: DemoRequest) =>
  request.states.map(({ state, at }, index) => ({
    id: random.uuid(at),
    request_id: request.id,
    from_state_id: keys.states.get(request.states[index - 1]?.state ?? '')?.id ?? null,
    to_state_id: keys.states.get(state)?.id ?? null,
    category: keys.states.get(state)?.category ?? null,
    reason: state === 'cancelled' ? '客人改了主意' : null,
    changed_by_id: request.assignee?.id ?? null,
    changed_at: textOf(at),
    created_at: textOf(at),
  }));

const entryRows = (random: Random, request: DemoRequest) =>
  request.words.map(({ kind, body, at }) => ({
    id: random.uuid(at),
    request_id: request.id,
    kind,
    body,
    channel: kind === 'note' ? null : request.channel,
    author_id: request.assignee?.id ?? null,
    happened_at: textOf(at),
    version: 1,
    created_at: textOf(at),
    updated_at: textOf(at),
  }));

const assignmentRows = (random: Random, { id, assignee, receivedAt }: DemoRequest) =>
  assignee
    ? [
        {
          id: random.uuid(receivedAt),
          request_id: id,
          assignee_id: assignee.id,
          way: 'taken',
          assigned_by_id: assignee.id,
          assigned_at: textOf(receivedAt),
          created_at: textOf(receivedAt),
        },
      ]
    : [];

function complaintRow(random: Random, { causeIds }: Keys, { id, resolution, receivedAt }: DemoRequest) {
  const isSettled = resolution !== undefined;
  return {
    id,
    cause_id: isSettled && causeIds.length > 0 ? random.pick(causeIds) : null,
    responsibility: isSettled ? random.pick(['staff', 'process', 'product']) : null,
    remedy: resolution ?? null,
    cost: isSettled ? random.pick([0, 68, 128, 198]) : null,
    version: 1,
    created_at: textOf(receivedAt),
    updated_at: textOf(receivedAt),
  };
}
