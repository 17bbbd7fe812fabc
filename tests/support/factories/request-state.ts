import { v7 as newId } from 'uuid';
import type { Dependencies } from '../../../src/core/context.js';
import { unitOfWork } from '../../../src/core/unit-of-work.js';
import type {
  RequiredField,
  StateCategory,
  StateColor,
  TransitionPermission,
} from '../../../src/modules/request-states/request-state.js';
import { factoryActor, nextNumber } from './sequence.js';

export interface RequestStateOptions {
  readonly name?: string;
  readonly category?: StateCategory;
  readonly color?: StateColor;
  readonly position?: number;
  readonly archivedAt?: Date;
}

/** A state of requests, after the shipped ones, without steps; returns its id. */
export async function createRequestState(
  deps: Dependencies,
  options: RequestStateOptions = {},
): Promise<string> {
  const number = nextNumber();
  const data = {
    id: newId(),
    name: `State ${number}`,
    category: 'open',
    position: 100 + number,
    ...options,
  };
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', (tx) =>
    tx.requestState.create({ data, select: { id: true } }),
  );
  return data.id;
}

export interface TransitionOptions {
  readonly from: string;
  readonly to: string;
  readonly permission?: TransitionPermission;
  readonly requiredFields?: readonly RequiredField[];
}

/** A step from one state to another. */
export async function createTransition(deps: Dependencies, options: TransitionOptions): Promise<void> {
  const { from, to, permission = 'service-requests:work', requiredFields = [] } = options;
  const data = {
    id: newId(),
    fromStateId: from,
    toStateId: to,
    permission,
    requiredFields: [...requiredFields],
  };
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', (tx) =>
    tx.requestTransition.create({ data, select: { id: true } }),
  );
}
