import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { InvalidInput, NotFound } from '../../core/errors.js';
import { registerUndoable } from '../../core/undo/undo.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { can } from '../../core/viewer.js';
import { tagColors } from '../tags/tag.js';
import { addTag } from '../tags/tags.service.js';
import type { CustomerRecord } from './customers.queries.js';
import { findEditableCustomer } from './editable-customer.js';

/** What became of a customer's tags: the tag, and the action that takes it back; none when nothing had to be done. */
export interface TagChange {
  readonly name: string;
  readonly actionId: string | undefined;
}

/**
 * Puts a tag on a customer, by its name whatever its case. Whoever may manage tags creates one that there is not yet.
 * @throws NotFound, Forbidden outside the scope of editing, InvalidInput when there is no such tag and the viewer may not
 * create it, or there are too many.
 */
export async function tagCustomer(
  context: ViewerContext,
  customerId: string,
  name: string,
): Promise<TagChange> {
  const customer = await findEditableCustomer(context, customerId);
  if (customer.tags.some((tag) => tag.name.toLowerCase() === name.toLowerCase())) {
    return { name, actionId: undefined };
  }
  return changeTags(context, customer, 'customers.tagged', async (tx) => {
    const tag = await findOrCreate(context, tx, name);
    await tx.customerTag.createMany({
      data: { id: newId(), customerId, tagId: tag.id },
      skipDuplicates: true,
    });
    return tag.name;
  });
}

/**
 * Takes a tag off a customer.
 * @throws NotFound when the customer does not have it, Forbidden outside the scope of editing.
 */
export async function untagCustomer(
  context: ViewerContext,
  customerId: string,
  tagId: string,
): Promise<TagChange> {
  const customer = await findEditableCustomer(context, customerId);
  const tag = customer.tags.find(({ id }) => id === tagId);
  if (!tag) throw new NotFound('the customer does not have the tag');
  return changeTags(context, customer, 'customers.untagged', async (tx) => {
    await tx.customerTag.deleteMany({ where: { customerId, tagId } });
    return tag.name;
  });
}

/** Adding and removing stand under one action in the log; they differ as actions that can be taken back. */
async function changeTags(
  context: ViewerContext,
  customer: CustomerRecord,
  kind: 'customers.tagged' | 'customers.untagged',
  work: (tx: Transaction) => Promise<string>,
): Promise<TagChange> {
  const actionId = newId();
  const name = await unitOfWork(
    context,
    'customers.tagged',
    async (tx) => {
      const tag = await work(tx);
      const summary = { tag, name: customer.name, customerNo: customer.customer_no };
      await registerUndoable(
        tx,
        { id: actionId, kind, summary, actorId: context.viewer.id },
        context.deps.now(),
      );
      return tag;
    },
    { undoableActionId: actionId },
  );
  return { name, actionId };
}

async function findOrCreate({ viewer }: ViewerContext, tx: Transaction, name: string) {
  const found = await tx.tag.findFirst({
    where: { name: { equals: name, mode: 'insensitive' } },
    select: { id: true, name: true },
  });
  if (found) return found;
  if (!can(viewer, 'tags:manage')) throw InvalidInput.field('tag', 'tags.noSuchTag');
  return { id: await addTag(tx, { name, color: tagColors[0] }), name };
}
