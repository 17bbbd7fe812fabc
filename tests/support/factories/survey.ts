import { v7 as newId } from 'uuid';
import type { Dependencies } from '../../../src/core/context.js';
import { unitOfWork } from '../../../src/core/unit-of-work.js';
import { newPersonalToken, personalTokenHash } from '../../../src/modules/personal-links/personal-token.js';
import { factoryActor } from './sequence.js';

export interface SurveyOptions {
  readonly requestId: string;
  readonly customerId: string;
  readonly staffId?: string;
  readonly staffName?: string;
  readonly round?: number;
  readonly closedAt?: Date;
  readonly expiresAt?: Date;
  readonly revokedAt?: Date;
  readonly answer?: { readonly service: number; readonly staff?: number; readonly comment?: string };
}

export interface TestSurvey {
  readonly id: string;
  readonly token: string;
}

/** A survey that was handed over, answered if an answer is given. */
export async function createSurvey(
  deps: Dependencies,
  { answer, ...options }: SurveyOptions,
): Promise<TestSurvey> {
  const [id, token, now] = [newId(), newPersonalToken(), deps.now()];
  const answered = answer && {
    answeredAt: now,
    serviceScore: answer.service,
    staffScore: answer.staff ?? null,
    comment: answer.comment ?? null,
  };
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', (tx) =>
    tx.survey.create({
      data: {
        ...{ closedAt: now, expiresAt: new Date(now.getTime() + 86_400_000), sentBy: 'handedOver' },
        ...options,
        ...{ id, tokenHash: personalTokenHash(token), locale: 'en', createdAt: now },
        ...answered,
      },
      select: { id: true },
    }),
  );
  return { id, token };
}
