import { v7 as newId } from 'uuid';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { addEntry, lockRequest } from '../../src/modules/service-requests/request-verbs.js';
import type { EntryKind } from '../../src/modules/service-requests/request.js';
import { translator } from '../../src/core/i18n.js';
import { dumpTables, type DumpedRow } from '../duplicates/merge-support.js';
import type { TestClient } from '../support/client.js';
import { createAttachment } from '../support/factories/attachment.js';
import { createPersonalLink } from '../support/factories/personal-link.js';
import { createRelation } from '../support/factories/request-relation.js';
import { factoryActor } from '../support/factories/sequence.js';
import { createRequest } from '../support/factories/service-request.js';
import { createSurvey } from '../support/factories/survey.js';
import type { TestProduct } from '../support/product.js';

/** All rows of requests and of every table that refers to them, to the last column. */
export const dumpRequests = (product: TestProduct): Promise<Record<string, readonly DumpedRow[]>> =>
  dumpTables(product, 'service_requests');

/** Words on a request as the product takes them. */
export async function say(product: TestProduct, id: string, kind: EntryKind, body: string): Promise<void> {
  const { deps } = product;
  const context = { deps, actor: factoryActor, locale: 'en', t: translator('en') } as const;
  await unitOfWork(context, 'factory.created', async (tx) => {
    const entry = { id: newId(), kind, body, happenedAt: deps.now() };
    await addEntry(tx, context, await lockRequest(tx, id), entry);
  });
}

/** A complaint with rows in every table that refers to requests. */
export async function createFullRequest(
  product: TestProduct,
  customerId: string,
  assigneeId: string,
): Promise<string> {
  const { deps } = product;
  const { id } = await createRequest(deps, {
    type: 'complaint',
    customerId,
    assigneeId,
    description: '旧话',
  });
  await say(product, id, 'customerWord', `Word on ${id}`);
  await createAttachment(deps, { customerId, userId: assigneeId, requestId: id });
  await createPersonalLink(deps, { customerId, requestId: id });
  await createSurvey(deps, { requestId: id, customerId });
  const [third, fourth, merged] = await Promise.all([
    createRequest(deps, { customerId }),
    createRequest(deps, { customerId }),
    createRequest(deps, { customerId }),
  ]);
  await createRelation(deps, { fromId: id, toId: third.id, kind: 'followsUp' });
  await createRelation(deps, { fromId: fourth.id, toId: id, kind: 'splitFrom' });
  await unitOfWork({ deps, actor: factoryActor }, 'factory.changed', (tx) =>
    tx.serviceRequest.update({
      where: { id: merged.id },
      data: { deletedAt: deps.now(), mergedIntoId: id },
      select: { id: true },
    }),
  );
  return id;
}

/** Sends what the comparison of two requests sends. */
export async function mergeInto(client: TestClient, id: string, intoId: string) {
  const path = `/service-requests/${id}/merge`;
  const page = await client.page(`${path}?into=${intoId}`);
  const value = (name: string) => String(page(`main form input[name="${name}"]`).val());
  return client.post(path, { into: intoId, version: value('version'), intoVersion: value('intoVersion') });
}
