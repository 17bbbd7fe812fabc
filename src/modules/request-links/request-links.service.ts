import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import { Forbidden, InvalidInput, NotFound } from '../../core/errors.js';
import type { Transaction } from '../../core/database.js';
import { registerUndoable } from '../../core/undo/undo.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { findRequest, type RequestRecord } from '../service-requests/service-requests.queries.js';
import type { LinkForm } from './request-links.schemas.js';

type NewLink = Pick<LinkForm, 'id' | 'kind'> & { readonly otherId: string };

/**
 * Links a request with another one that the viewer may see. Sent twice, the same form (same id) links once.
 * @throws NotFound, Forbidden, InvalidInput when the other one is out of sight, the same, or linked so already
 */
export async function linkRequests(context: ViewerContext, id: string, link: NewLink): Promise<void> {
  await findWorked(context, id);
  if (link.otherId === id) throw InvalidInput.field('q', 'requestLinks.itself');
  await refuseUnseen(context, link.otherId);
  await unitOfWork(context, 'service-requests.linked', async (tx) => {
    await refuseLinked(tx, id, link);
    await tx.requestRelation.createMany({
      data: { id: link.id, fromId: id, toId: link.otherId, kind: link.kind },
      skipDuplicates: true,
    });
  });
}

async function findWorked(context: ViewerContext, id: string): Promise<RequestRecord> {
  const request = await findRequest(context, id);
  if (!request.can_work) throw new Forbidden('service-requests:work');
  return request;
}

async function refuseUnseen(context: ViewerContext, otherId: string): Promise<void> {
  try {
    await findRequest(context, otherId);
  } catch (error) {
    throw error instanceof NotFound ? InvalidInput.field('q', 'requestLinks.notSeen') : error;
  }
}

/** A link of one kind stands once, whichever of the two it is said of. */
async function refuseLinked(
  tx: Transaction,
  id: string,
  { id: linkId, kind, otherId }: NewLink,
): Promise<void> {
  const ends = [
    { fromId: id, toId: otherId },
    { fromId: otherId, toId: id },
  ];
  const count = await tx.requestRelation.count({ where: { kind, id: { not: linkId }, OR: ends } });
  if (count > 0) throw InvalidInput.field('q', 'requestLinks.already');
}

/** Takes a link away; the returned action puts it back. @throws NotFound, Forbidden */
export async function unlinkRequests(context: ViewerContext, id: string, linkId: string): Promise<string> {
  const request = await findWorked(context, id);
  const actionId = newId();
  await unitOfWork(
    context,
    'service-requests.unlinked',
    async (tx) => {
      const summary = { requestNo: request.request_no };
      const action = { id: actionId, kind: 'serviceRequests.unlinked', summary, actorId: context.viewer.id };
      await registerUndoable(tx, action, context.deps.now());
      const { count } = await tx.requestRelation.deleteMany({
        where: { id: linkId, OR: [{ fromId: id }, { toId: id }] },
      });
      if (count === 0) throw new NotFound('no such link of the request');
    },
    { undoableActionId: actionId },
  );
  return actionId;
}
