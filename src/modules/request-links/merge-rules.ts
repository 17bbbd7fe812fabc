import type { RequestRecord } from '../service-requests/service-requests.queries.js';

/** What is asked of two requests before one is merged into the other. */
export type MergedRequest = Pick<RequestRecord, 'id'> & {
  readonly customerId: string | null;
  readonly isDone: boolean;
};

/** Why a request cannot be merged into another one; undefined where it can. */
export function mergeProblem(
  going: MergedRequest,
  staying: MergedRequest,
): 'requestMerge.itself' | 'requestMerge.otherCustomer' | 'requestMerge.intoDone' | undefined {
  if (going.id === staying.id) return 'requestMerge.itself';
  if (going.customerId === null || going.customerId !== staying.customerId)
    return 'requestMerge.otherCustomer';
  return staying.isDone && !going.isDone ? 'requestMerge.intoDone' : undefined;
}

/** A record by what the rules ask of it. */
export const mergedRequest = ({ id, customer, state }: RequestRecord): MergedRequest => ({
  id,
  customerId: customer?.id ?? null,
  isDone: state.category === 'done',
});
