import { v7 as newId } from 'uuid';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { createAttachment } from './factories/attachment.js';
import { createRelation } from './factories/request-relation.js';
import { factoryActor } from './factories/sequence.js';
import { createRequest } from './factories/service-request.js';
import type { TestProduct } from './product.js';

/** A complaint with words of every kind on it, one merged into it, somebody who looks at it and has begun an answer, and a request that nobody has. */
export async function complain({ deps }: TestProduct, customerId: string, assigneeId: string): Promise<void> {
  const subject = '等候太久';
  const { id } = await createRequest(deps, { type: 'complaint', customerId, assigneeId, subject });
  const happenedAt = deps.now();
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', (tx) =>
    tx.requestEntry.createMany({
      data: [
        { id: newId(), requestId: id, kind: 'note', body: 'Only for us', happenedAt },
        { id: newId(), requestId: id, kind: 'reply', body: '非常抱歉', channel: 'phone', happenedAt },
        {
          id: newId(),
          requestId: id,
          kind: 'customerWord',
          body: 'Thank you',
          channel: 'wechat',
          happenedAt,
        },
      ],
    }),
  );
  await createAttachment(deps, { customerId, requestId: id, userId: assigneeId, name: '小票.pdf' });
  const repair = { type: 'repair', customerId, subject: 'The door does not close' } as const;
  const { id: toId } = await createRequest(deps, repair);
  await createRelation(deps, { fromId: id, toId });
  const { id: mergedId } = await createRequest(deps, repair);
  await unitOfWork({ deps, actor: factoryActor }, 'factory.changed', async (tx) => {
    const data = { deletedAt: happenedAt, mergedIntoId: id };
    await tx.serviceRequest.update({ where: { id: mergedId }, data, select: { id: true } });
    await tx.requestDraft.create({
      data: { requestId: id, userId: assigneeId, kind: 'reply', body: '您好' },
    });
    await tx.requestViewer.create({ data: { requestId: id, userId: assigneeId, seenAt: happenedAt } });
  });
}
