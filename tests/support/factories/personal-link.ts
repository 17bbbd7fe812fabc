import { v7 as newId } from 'uuid';
import type { Dependencies } from '../../../src/core/context.js';
import { unitOfWork } from '../../../src/core/unit-of-work.js';
import { newPersonalToken, personalTokenHash } from '../../../src/modules/personal-links/personal-token.js';
import { factoryActor } from './sequence.js';

export interface PersonalLinkOptions {
  readonly customerId: string;
  /** Of a request's page; of the customer's own without it. */
  readonly requestId?: string;
  readonly expiresAt?: Date;
  readonly revokedAt?: Date;
}

export interface TestLink {
  readonly id: string;
  readonly token: string;
  /** The path that it opens. */
  readonly path: string;
}

/** A personal link. */
export async function createPersonalLink(
  deps: Dependencies,
  options: PersonalLinkOptions,
): Promise<TestLink> {
  const [id, token] = [newId(), newPersonalToken()];
  const kind = options.requestId === undefined ? 'customer' : 'request';
  const expiresAt = new Date(deps.now().getTime() + 86_400_000);
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', (tx) =>
    tx.personalLink.create({
      data: { expiresAt, ...options, id, kind, tokenHash: personalTokenHash(token) },
      select: { id: true },
    }),
  );
  return { id, token, path: `/p/${kind}/${token}` };
}
