import { v7 as newId } from 'uuid';
import type { Cipher } from '../../core/cipher.js';
import type { Transaction } from '../../core/database.js';
import { openContact, type ContactColumns } from './contact-details.js';
import { contactKinds, sealContactPoint } from './contact-point.js';

type FirstContacts = Pick<ContactColumns, 'phoneEncrypted' | 'phoneHash' | 'emailEncrypted' | 'emailHash'>;

/** Removes contact points that say again what the customer's first phone and e-mail address say. */
export async function dropRepeatedContactPoints(tx: Transaction, customerId: string): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM customer_contact_points AS points USING customers
    WHERE customers.id = ${customerId}::uuid AND points.customer_id = customers.id
      AND points.value_hash IN (customers.phone_hash, customers.email_hash)`;
}

/**
 * After a merge: the first phones and e-mail addresses of the customers that became one, as they were before, stay with
 * the one that is left as further ones.
 */
export async function keepFirstContacts(
  tx: Transaction,
  cipher: Cipher,
  survivor: FirstContacts & { readonly id: string },
  merged: readonly (FirstContacts & { readonly id: string })[],
): Promise<void> {
  await dropRepeatedContactPoints(tx, survivor.id);
  const lost = merged.flatMap((customer) =>
    contactKinds
      .filter((kind) => customer[`${kind}Hash`] !== survivor[`${kind}Hash`])
      .flatMap((kind) => {
        const value = openContact(cipher, customer.id, kind, customer[`${kind}Encrypted`]);
        const id = newId();
        return value === null
          ? []
          : [{ id, customerId: survivor.id, label: 'other', ...sealContactPoint(cipher, id, kind, value) }];
      }),
  );
  if (lost.length > 0) await tx.customerContactPoint.createMany({ data: lost, skipDuplicates: true });
}
