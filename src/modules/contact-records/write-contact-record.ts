import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import type { ContactChannel, ContactDirection, ContactOutcome } from './contact-choices.js';

/** What was said with a customer. */
export interface Contact {
  readonly channel: ContactChannel;
  readonly direction: ContactDirection;
  readonly outcome: ContactOutcome;
  readonly summary: string;
  readonly happenedAt: Date;
}

/** Writes a contact of the viewer with a customer, within a unit of work. */
export async function writeContactRecord(
  tx: Transaction,
  { viewer }: ViewerContext,
  contact: Contact & { readonly id: string; readonly customerId: string },
): Promise<void> {
  await tx.contactRecord.create({ data: { ...contact, staffId: viewer.id } });
}
