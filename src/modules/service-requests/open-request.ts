import { v7 as newId } from 'uuid';
import type { Context } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { InvalidInput } from '../../core/errors.js';
import type { ContactChannel } from '../contact-records/contact-choices.js';
import { dayOf } from '../../core/format.js';
import { classifyRequest } from './classify-request.js';
import { nextRequestNo } from './request-numbers.js';
import { readBeginning } from './request-parts.js';
import { settleRequest } from './settle-request.js';

/** A request as somebody, or the product by itself, wants it opened. */
export interface OpeningRequest {
  /** Made beforehand: the same one opens once. */
  readonly id: string;
  /** Left open, the rules choose, else it is of the first plain type. */
  readonly typeId?: string | null;
  readonly customerId: string;
  readonly subject: string;
  readonly channel: ContactChannel;
  readonly description?: string | null;
  readonly categoryId?: string | null;
  /** That of its type unless told. */
  readonly priority?: number | null;
  readonly servedThingId?: string | null;
  /** The customer's unless told. */
  readonly branchId?: string | null;
  /** That of the type, else the customer's, unless told. */
  readonly teamId?: string | null;
  readonly assigneeId?: string | null;
  /** Now unless told. */
  readonly receivedAt?: Date;
  /** What it is opened for by itself, once. */
  readonly origin?: string;
}

/**
 * Opens a request within a unit of work, in the state in which requests begin, with its deadlines and, unless somebody was
 * chosen, its assignee. False when one of the same id or origin is there already.
 * @throws InvalidInput when what it refers to is not there, or is not the customer's.
 */
export async function openRequest(
  tx: Transaction,
  context: Context,
  opening: OpeningRequest,
): Promise<boolean> {
  const receivedAt = opening.receivedAt ?? context.deps.now();
  const { appliedRules, ...chosen } = await classifyRequest(tx, opening, dayOf(context.deps.now()));
  const typeId = opening.typeId ?? chosen.typeId ?? (await firstPlainType(tx));
  const categoryId = opening.categoryId ?? chosen.categoryId ?? null;
  const { customerId } = opening;
  const { customer, type, stateId } = await readBeginning(
    tx,
    { typeId, customerId },
    { ...opening, categoryId },
  );
  const assigneeId = opening.assigneeId ?? null;
  const { count } = await tx.serviceRequest.createMany({
    data: {
      id: opening.id,
      requestNo: await nextRequestNo(tx, receivedAt),
      typeId,
      categoryId,
      stateId,
      stateCategory: 'open',
      priority: opening.priority ?? chosen.priority ?? type.defaultPriority,
      channel: opening.channel,
      subject: opening.subject,
      description: opening.description ?? null,
      customerId,
      servedThingId: opening.servedThingId ?? null,
      branchId: opening.branchId ?? customer.branchId,
      teamId: opening.teamId ?? chosen.teamId ?? type.teamId ?? customer.teamId,
      assigneeId,
      assignedAt: assigneeId === null ? null : receivedAt,
      receivedAt,
      lastEntryAt: receivedAt,
      origin: opening.origin ?? null,
      createdById: context.actor.id,
      ...(appliedRules.length === 0 ? {} : { classifiedBy: [...appliedRules] }),
    },
    skipDuplicates: true,
  });
  if (count === 0) return false;
  await writeBeginning(tx, context, opening, { stateId, receivedAt, behaviour: type.behaviour });
  await settleRequest(tx, context, opening.id);
  return true;
}

async function firstPlainType(tx: Transaction): Promise<string> {
  const type = await tx.requestType.findFirst({
    where: { behaviour: 'plain', archivedAt: null },
    orderBy: [{ position: 'asc' }, { name: 'asc' }],
    select: { id: true },
  });
  if (!type) throw InvalidInput.field('typeId', 'errors.required');
  return type.id;
}

/** The first line of its history, who has it, and what requests of its kind have besides. */
async function writeBeginning(
  tx: Transaction,
  { actor }: Context,
  { id, assigneeId }: OpeningRequest,
  { stateId, receivedAt, behaviour }: { stateId: string; receivedAt: Date; behaviour: string },
): Promise<void> {
  await tx.requestStateChange.create({
    data: {
      ...{ id: newId(), requestId: id, toStateId: stateId, category: 'open' },
      ...{ changedById: actor.id, changedAt: receivedAt },
    },
  });
  if (behaviour === 'complaint') await tx.complaint.create({ data: { id } });
  if (assigneeId === null || assigneeId === undefined) return;
  await tx.requestAssignment.create({
    data: {
      ...{ id: newId(), requestId: id, assigneeId, way: assigneeId === actor.id ? 'taken' : 'byHand' },
      ...{ assignedById: actor.id, assignedAt: receivedAt },
    },
  });
}
