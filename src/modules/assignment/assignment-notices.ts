import { v7 as newId } from 'uuid';
import type { Transaction } from '../../core/database.js';

export interface NewAssignment {
  readonly requestId: string;
  readonly requestNo: string;
  readonly customerId: string | null;
  readonly userId: string;
}

/** Puts a line behind the bell of everybody who got a request. */
export async function tellAssignees(tx: Transaction, assignments: readonly NewAssignment[]): Promise<void> {
  await tx.notification.createMany({
    data: assignments.map(({ requestId, requestNo, customerId, userId }) => ({
      id: newId(),
      userId,
      kind: 'requestAssigned',
      params: customerId === null ? { number: requestNo } : { number: requestNo, customerId },
      href: `/service-requests/${requestId}`,
    })),
  });
}
