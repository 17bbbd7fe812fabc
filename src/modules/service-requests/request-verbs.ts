import { v7 as newId } from 'uuid';
import { z } from 'zod';
import type { Context } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { NotFound } from '../../core/errors.js';
import { sql } from '../../core/sql.js';
import { stateCategories } from '../request-states/request-state.js';
import type { ContactChannel } from '../contact-records/contact-choices.js';
import type { EntryKind } from './request.js';
import { settleRequest } from './settle-request.js';

const LockedRequest = z.object({
  id: z.string(),
  customer_id: z.string().nullable(),
  state_id: z.string(),
  state_category: z.enum(stateCategories),
  behaviour: z.string(),
  assignee_id: z.string().nullable(),
  closed_at: z.date().nullable(),
  version: z.number(),
});

/** A request as it is while nobody else can change it. */
export type LockedRequest = z.infer<typeof LockedRequest>;

/**
 * Takes a request for the rest of the unit of work. What a viewer may see and do was asked before, outside.
 * @throws NotFound when it is gone
 */
export async function lockRequest(tx: Transaction, id: string): Promise<LockedRequest> {
  const rows = await tx.$queryRaw(sql`
    SELECT service_requests.id::text, customer_id::text, state_id::text, state_category, types.behaviour,
           assignee_id::text, closed_at, service_requests.version
    FROM service_requests JOIN request_types AS types ON types.id = type_id
    WHERE service_requests.id = ${id}::uuid AND service_requests.deleted_at IS NULL
    FOR NO KEY UPDATE OF service_requests`);
  const [request] = LockedRequest.array().parse(rows);
  if (!request) throw new NotFound('no such request');
  return request;
}

export interface NewEntry {
  /** Made with the form: the same one is written once. */
  readonly id: string;
  readonly kind: EntryKind;
  readonly body: string;
  readonly channel?: ContactChannel | null;
  readonly articleId?: string | null;
  readonly happenedAt: Date;
}

/**
 * Writes a note, an answer to the customer or a word of the customer, in the caller's unit of work. An answer is the first
 * response when there was none, and ends the waiting of the customer's word; a word of the customer begins it, and brings a
 * request that waited for the customer back to work. False when the entry is there already.
 */
export async function addEntry(
  tx: Transaction,
  context: Context,
  request: LockedRequest,
  entry: NewEntry,
): Promise<boolean> {
  const { id, kind, body, happenedAt } = entry;
  const { count } = await tx.requestEntry.createMany({
    data: {
      ...{ id, requestId: request.id, kind, body, happenedAt },
      channel: entry.channel ?? null,
      articleId: entry.articleId ?? null,
      authorId: context.actor.id,
    },
    skipDuplicates: true,
  });
  if (count === 0) return false;
  await tx.$executeRaw(sql`
    UPDATE service_requests SET
      last_entry_at = greatest(last_entry_at, ${happenedAt}),
      first_responded_at = CASE WHEN ${kind} = 'reply' THEN coalesce(first_responded_at, ${happenedAt}) ELSE first_responded_at END,
      customer_waits_since = CASE ${kind} WHEN 'reply' THEN NULL
        WHEN 'customerWord' THEN coalesce(customer_waits_since, ${happenedAt}) ELSE customer_waits_since END
    WHERE id = ${request.id}::uuid`);
  if (kind === 'customerWord' && request.state_category === 'waiting') {
    await resumeWork(tx, context, request, happenedAt);
  }
  await settleRequest(tx, context, request.id);
  return true;
}

/** Back to work by the first open state that the lifecycle allows; nowhere to go, it stays. */
async function resumeWork(
  tx: Transaction,
  context: Context,
  request: LockedRequest,
  at: Date,
): Promise<void> {
  const step = await tx.requestTransition.findFirst({
    where: { fromStateId: request.state_id, toState: { category: 'open', archivedAt: null } },
    orderBy: [{ toState: { position: 'asc' } }, { id: 'asc' }],
    select: { toStateId: true },
  });
  if (step)
    await enterState(tx, context, request, { stateId: step.toStateId, category: 'open', reason: null }, at);
}

export interface StateToEnter {
  readonly stateId: string;
  readonly category: LockedRequest['state_category'];
  readonly reason: string | null;
}

/**
 * Brings a request into another state and writes that into its history. What the step asks for was checked before; what
 * follows from it is left to `settleRequest`.
 */
export async function enterState(
  tx: Transaction,
  context: Context,
  request: LockedRequest,
  { stateId, category, reason }: StateToEnter,
  at: Date,
): Promise<void> {
  const isDone = category === 'done';
  const isReopened = request.state_category === 'done' && !isDone;
  await tx.serviceRequest.update({
    where: { id: request.id },
    data: {
      stateId,
      stateCategory: category,
      closedAt: isDone ? (request.closed_at ?? at) : null,
      ...(isDone ? { customerWaitsSince: null } : {}),
      ...(isReopened ? { reopenedAt: at, reopenCount: { increment: 1 } } : {}),
    },
    select: { id: true },
  });
  await tx.requestStateChange.create({
    data: {
      ...{ id: newId(), requestId: request.id, fromStateId: request.state_id, toStateId: stateId },
      ...{ category, reason, changedById: context.actor.id, changedAt: at },
    },
  });
}
