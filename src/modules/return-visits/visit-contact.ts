import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import type { ContactOutcome } from '../contact-records/contact-choices.js';
import { writeContactRecord } from '../contact-records/write-contact-record.js';
import type { LockedRequest } from '../service-requests/request-verbs.js';

export interface VisitContact {
  /** Made with the form. */
  readonly id: string;
  readonly outcome: ContactOutcome;
  readonly summary: string;
}

/** Writes the call of a return visit among the customer's contacts. False when it stands there already. */
export async function writeVisitContact(
  tx: Transaction,
  context: ViewerContext,
  { customer_id: customerId }: LockedRequest,
  contact: VisitContact,
): Promise<boolean> {
  if (customerId === null) return true;
  if ((await tx.contactRecord.count({ where: { id: contact.id } })) > 0) return false;
  await writeContactRecord(tx, context, {
    ...contact,
    ...{ customerId, channel: 'phone', direction: 'out', happenedAt: context.deps.now() },
  });
  return true;
}
