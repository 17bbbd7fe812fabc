import { v7 as newId } from 'uuid';
import type { Dependencies } from '../../../src/core/context.js';
import { unitOfWork } from '../../../src/core/unit-of-work.js';
import type { OwnerRule, PlanTrigger } from '../../../src/modules/return-visit-plans/return-visit-plan.js';
import { factoryActor, nextNumber } from './sequence.js';
import { createRequest, type RequestOptions, type TestRequest } from './service-request.js';

export interface PlanOptions {
  readonly name?: string;
  readonly trigger?: PlanTrigger;
  readonly typeId?: string | null;
  readonly item?: string | null;
  readonly daysAfter?: number;
  readonly windowDays?: number;
  readonly maxAttempts?: number;
  readonly retryDays?: number;
  readonly ownerRule?: OwnerRule;
  readonly createdAt?: Date;
  readonly archivedAt?: Date;
}

/** A plan of return visits: by rhythm, after 30 days, unless told. */
export async function createPlan(deps: Dependencies, options: PlanOptions = {}): Promise<string> {
  const id = newId();
  const name = `Plan ${nextNumber()}`;
  const plan = { id, name, trigger: 'rhythm', daysAfter: 30, ...options };
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', (tx) =>
    tx.returnVisitPlan.create({ data: plan }),
  );
  return id;
}

export interface ReturnVisitOptions extends Omit<RequestOptions, 'type' | 'typeId'> {
  readonly planId?: string;
  readonly windowFrom: string;
  readonly windowTo?: string;
  readonly attempts?: number;
  readonly reactivatedAt?: Date;
}

/** A return visit that goes on, to be called from the first day of its window on. */
export async function createReturnVisit(
  deps: Dependencies,
  { planId, windowFrom, windowTo = windowFrom, attempts, reactivatedAt, ...options }: ReturnVisitOptions,
): Promise<TestRequest> {
  const request = await createRequest(deps, { ...options, type: 'returnVisit' });
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', (tx) =>
    tx.returnVisit.create({
      data: {
        ...{ id: request.id, windowFrom: new Date(windowFrom), windowTo: new Date(windowTo) },
        ...{ nextAttemptOn: new Date(windowFrom), planId: planId ?? null },
        ...{ attempts: attempts ?? 0, reactivatedAt: reactivatedAt ?? null },
      },
    }),
  );
  return request;
}
