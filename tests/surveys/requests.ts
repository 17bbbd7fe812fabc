import { v7 as newId } from 'uuid';
import type { Context } from '../../src/core/context.js';
import { translator } from '../../src/core/i18n.js';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { applyStep } from '../../src/modules/service-requests/lifecycle.service.js';
import { openRequest } from '../../src/modules/service-requests/open-request.js';
import { lockRequest } from '../../src/modules/service-requests/request-verbs.js';
import { openSurvey } from '../../src/modules/surveys/open-survey.js';
import { factoryActor } from '../support/factories/sequence.js';
import type { TestProduct } from '../support/product.js';

export interface RequestOptions {
  readonly customerId: string;
  readonly assigneeId?: string;
  readonly teamId?: string;
  /** Key of a shipped type; consultation unless told. */
  readonly type?: string;
  readonly subject?: string;
}

export const factoryContext = ({ deps }: TestProduct): Context => ({
  deps,
  locale: 'en',
  t: translator('en'),
  actor: factoryActor,
});

/** A request that somebody opened; returns its id. */
export async function openTestRequest(product: TestProduct, options: RequestOptions): Promise<string> {
  const context = factoryContext(product);
  const { type = 'consultation', subject = 'The heating is cold', ...parts } = options;
  const id = newId();
  await unitOfWork(context, 'factory.created', async (tx) => {
    const { id: typeId } = await tx.requestType.findUniqueOrThrow({ where: { shippedKey: type } });
    await openRequest(tx, context, { id, typeId, subject, channel: 'phone', ...parts });
  });
  return id;
}

/** Brings a request into a shipped state. */
export async function moveRequest(product: TestProduct, id: string, state: string): Promise<void> {
  const context = factoryContext(product);
  await unitOfWork(context, 'factory.moved', async (tx) => {
    const found = await tx.requestState.findUniqueOrThrow({ where: { shippedKey: state } });
    const category = found.category === 'done' ? 'done' : found.category === 'waiting' ? 'waiting' : 'open';
    await applyStep(tx, context, await lockRequest(tx, id), { id: found.id, category }, null);
  });
}

/** Closes a request and asks its customer to rate. */
export async function closeAndAsk(product: TestProduct, id: string): Promise<void> {
  await moveRequest(product, id, 'closed');
  const context = factoryContext(product);
  await unitOfWork(context, 'factory.asked', (tx) => openSurvey(tx, context, id));
}
