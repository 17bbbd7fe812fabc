import type { ViewerContext } from '../../core/context.js';
import { Forbidden } from '../../core/errors.js';
import { recordEvent } from '../../core/events.js';
import { openContact, type ContactField } from './contact-details.js';
import { openContactPoint, type ContactPoint } from './contact-point.js';
import { findContactPoint } from './contact-points.service.js';
import { findCustomer, type CustomerRecord } from './customers.queries.js';
import { countReveal } from './reveal-limit.js';

/**
 * Shows one contact value of a customer in clear and writes that down, in this order: no value without its log row.
 * @throws NotFound, Forbidden, TooManyRequests
 */
export async function revealContact(
  context: ViewerContext,
  customerId: string,
  field: ContactField,
): Promise<string | null> {
  const customer = await findCustomer(context, customerId);
  await noteReveal(context, customer, field);
  return openContact(context.deps.cipher, customerId, field, sealedValue(customer, field));
}

/**
 * The same for a further phone or e-mail address.
 * @throws NotFound, Forbidden, TooManyRequests
 */
export async function revealContactPoint(
  context: ViewerContext,
  customerId: string,
  pointId: string,
): Promise<{ point: ContactPoint; value: string }> {
  const customer = await findCustomer(context, customerId);
  const point = findContactPoint(customer, pointId);
  await noteReveal(context, customer, point.kind);
  return { point, value: openContactPoint(context.deps.cipher, pointId, point.value_encrypted) };
}

async function noteReveal(
  context: ViewerContext,
  customer: CustomerRecord,
  field: ContactField,
): Promise<void> {
  if (!customer.can_reveal) throw new Forbidden('customers:reveal-contact');
  await countReveal(context);
  await recordEvent(context, {
    action: `customers.${field}-revealed`,
    tableName: 'customers',
    recordId: customer.id,
    details: { customerNo: customer.customer_no },
  });
}

/** The encrypted value of one field of a customer's row. */
export function sealedValue(customer: CustomerRecord, field: ContactField): string | null {
  return customer[`${field}_encrypted`];
}
