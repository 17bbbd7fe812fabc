import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { Conflict, InvalidInput } from '../../core/errors.js';
import { registerUndoable } from '../../core/undo/undo.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import type { Customer } from '../../generated/prisma/client.js';
import { keepFirstContacts } from '../customers/contact-point-rows.js';
import { fitsTogether, mergedColumns, type MergeChoices } from './merge-fields.js';
import { calculateTiersOf } from '../tiers/tier-calculation.service.js';
import { findComparison } from './merge.queries.js';
import { recordEventWithin } from '../../core/events.js';
import { moveRows, movingRelations, readRelations } from './related-tables.js';

const timeoutMillis = 60_000;

/** One of the two was changed after they were compared; nothing was merged. */
export class ChangedSinceCompared extends Conflict {
  constructor() {
    super('errors.changedMeanwhile');
  }
}

export interface MergeRequest {
  readonly survivorId: string;
  readonly survivorVersion: number;
  readonly otherId: string;
  readonly otherVersion: number;
  readonly choices: MergeChoices;
}

export interface MergeResult {
  /** The action that takes the merge back. */
  readonly actionId: string;
  readonly survivorName: string;
  readonly movedRows: number;
}

/**
 * Makes two customers one: what was chosen is written to the one that stays, all that refers to the other one moves over,
 * and the other one goes to the recycle bin with the name of its successor.
 *
 * What is added to the survivor afterwards stays with it when the merge is undone. Undo goes by the other customer's
 * row: when a later merge has carried it on, that one must be undone first.
 * @throws NotFound outside the viewer's scope, Conflict when one of the two is gone, ChangedSinceCompared, InvalidInput
 * when the remarks are too long to be joined.
 */
export async function mergeCustomers(context: ViewerContext, request: MergeRequest): Promise<MergeResult> {
  await findComparison(context, request.survivorId, request.otherId);
  const actionId = newId();
  return unitOfWork(context, 'customers.merged', (tx) => merge(context, tx, request, actionId), {
    undoableActionId: actionId,
    timeoutMillis,
  });
}

async function merge(
  context: ViewerContext,
  tx: Transaction,
  request: MergeRequest,
  actionId: string,
): Promise<MergeResult> {
  const { deps, viewer, actor } = context;
  const [survivor, other] = await lockBoth(tx, request);
  const columns = chosenColumns(context, survivor, other, request.choices);
  const now = deps.now();
  const summary = {
    name: columns?.name ?? survivor.name,
    customerNo: survivor.customerNo,
    otherName: other.name,
    otherNo: other.customerNo,
  };
  const action = { id: actionId, kind: 'customers.merged', summary, actorId: viewer.id };
  await registerUndoable(tx, { ...action, decisiveRecordId: other.id }, now);

  let movedRows = 0;
  for (const relation of movingRelations(await readRelations(tx))) {
    movedRows += await moveRows(tx, relation, other.id, survivor.id);
  }
  await calculateTiersOf(tx, deps, [survivor.id]);
  if (columns) await tx.customer.update({ where: { id: survivor.id }, data: columns, select: { id: true } });
  await keepFirstContacts(tx, deps.cipher, { ...(columns ?? survivor), id: survivor.id }, [survivor, other]);
  await tx.customer.update({
    where: { id: other.id },
    data: { deletedAt: now, deletedById: viewer.id, mergedIntoId: survivor.id },
    select: { id: true },
  });
  await recordEventWithin(tx, actor, {
    action: 'customers.merged',
    tableName: 'customers',
    recordId: survivor.id,
    details: { customerNo: other.customerNo, count: movedRows },
  });
  return { actionId, survivorName: summary.name, movedRows };
}

/** Both rows, locked in the order of their ids, so that two merges of the same customers wait instead of deadlocking. */
async function lockBoth(tx: Transaction, request: MergeRequest): Promise<[Customer, Customer]> {
  const ids = [request.survivorId, request.otherId];
  await tx.$executeRaw`SELECT FROM customers WHERE id = ANY (${ids}::uuid[]) ORDER BY id FOR UPDATE`;
  const rows = await tx.customer.findMany({ where: { id: { in: ids }, deletedAt: null } });
  const survivor = rows.find(({ id }) => id === request.survivorId);
  const other = rows.find(({ id }) => id === request.otherId);
  if (!survivor || !other) throw new Conflict('duplicates.goneMeanwhile');
  if (survivor.version !== request.survivorVersion || other.version !== request.otherVersion) {
    throw new ChangedSinceCompared();
  }
  return [survivor, other];
}

/** Undefined when the survivor keeps all of its own: its row stays as it is then, and undo has one conflict less to meet. */
function chosenColumns({ deps }: ViewerContext, survivor: Customer, other: Customer, choices: MergeChoices) {
  if (isAllOwn(choices) && addsNobody(survivor, other)) return undefined;
  if (choices.remark === 'both' && !fitsTogether(survivor.remark, other.remark)) {
    throw InvalidInput.field('remark', 'duplicates.remarksTooLong');
  }
  return mergedColumns(deps.cipher, survivor, other, choices);
}

/** Everybody for whom the other customer counted as their own keeps the one that stays. */
const addsNobody = (survivor: Customer, other: Customer): boolean =>
  other.collaboratorIds.every((id) => survivor.collaboratorIds.includes(id));

/** Custom fields that differ may add what the survivor has not. */
const isAllOwn = (choices: MergeChoices): boolean =>
  choices.customValues === undefined && Object.values(choices).every((choice) => choice === 'survivor');
