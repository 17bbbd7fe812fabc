import type { ViewerContext } from '../../core/context.js';
import { Forbidden, TooManyRequests } from '../../core/errors.js';
import { recordEvent } from '../../core/events.js';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { openContact, type ContactField } from './contact-details.js';
import { findCustomer, type CustomerRecord } from './customers.queries.js';

/** Values one person may reveal in an hour; copying the whole register by hand stops here. */
export const revealsPerHour = 120;

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
  if (!customer.can_reveal) throw new Forbidden('customers:reveal-contact');
  await countReveal(context);
  await recordEvent(context, {
    action: `customers.${field}-revealed`,
    tableName: 'customers',
    recordId: customerId,
    details: { customerNo: customer.customer_no },
  });
  return openContact(context.deps.cipher, customerId, field, sealedValue(customer, field));
}

/** The encrypted value of one field of a customer's row. */
export function sealedValue(customer: CustomerRecord, field: ContactField): string | null {
  return customer[`${field}_encrypted`];
}

async function countReveal(context: ViewerContext): Promise<void> {
  const limiter = new RateLimiterPostgres({
    storeClient: context.deps.database.sessionPool,
    storeType: 'pool',
    tableName: 'rate_limits',
    tableCreated: true,
    keyPrefix: 'reveal',
    points: revealsPerHour,
    duration: 3_600,
    clearExpiredByTimeout: false,
  });
  try {
    await limiter.consume(context.viewer.id);
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) throw new TooManyRequests(Math.ceil(refusal.msBeforeNext / 1_000));
    throw refusal;
  }
}
