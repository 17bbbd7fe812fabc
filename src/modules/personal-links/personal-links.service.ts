import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { NotFound } from '../../core/errors.js';
import { sql } from '../../core/sql.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { findEditableCustomer } from '../customers/editable-customer.js';
import { requestScope } from '../service-requests/service-requests.scope.js';
import { newPersonalToken, personalTokenHash } from './personal-token.js';

/** Days for which a personal link is good. */
export const linkDays = 90;

type LinkOwner =
  | { readonly kind: 'request'; readonly requestId: string; readonly customerId: string }
  | { readonly kind: 'customer'; readonly requestId: null; readonly customerId: string };

/**
 * Makes a link to the page of a request. Returns the token, which is stored nowhere in clear. Sent twice, the same form
 * (same id) makes one link, with the token of the second time.
 * @throws NotFound when the viewer may not work the request or it has no customer.
 */
export const makeRequestLink = (context: ViewerContext, requestId: string, id: string): Promise<string> =>
  unitOfWork(context, 'personal-links.made', async (tx) => {
    const customerId = await customerOfRequest(tx, context, requestId);
    return makeLink(tx, context, id, { kind: 'request', requestId, customerId });
  });

/** Makes a link to a customer's own page, as above. @throws NotFound, Forbidden outside the scope of editing. */
export async function makeCustomerLink(
  context: ViewerContext,
  customerId: string,
  id: string,
): Promise<string> {
  await findEditableCustomer(context, customerId);
  return unitOfWork(context, 'personal-links.made', (tx) =>
    makeLink(tx, context, id, { kind: 'customer', requestId: null, customerId }),
  );
}

/** Makes a link of a request dead. @throws NotFound */
export const revokeRequestLink = (context: ViewerContext, requestId: string, id: string): Promise<void> =>
  unitOfWork(context, 'personal-links.revoked', async (tx) => {
    await customerOfRequest(tx, context, requestId);
    await revoke(tx, context, { id, requestId });
  });

/** Makes a link of a customer dead. @throws NotFound, Forbidden */
export async function revokeCustomerLink(
  context: ViewerContext,
  customerId: string,
  id: string,
): Promise<void> {
  await findEditableCustomer(context, customerId);
  await unitOfWork(context, 'personal-links.revoked', (tx) =>
    revoke(tx, context, { id, customerId, kind: 'customer' }),
  );
}

async function makeLink(
  tx: Transaction,
  { deps, viewer }: ViewerContext,
  id: string,
  owner: LinkOwner,
): Promise<string> {
  const token = newPersonalToken();
  const tokenHash = personalTokenHash(token);
  const expiresAt = new Date(deps.now().getTime() + linkDays * 86_400_000);
  const { count } = await tx.personalLink.createMany({
    data: { id, ...owner, tokenHash, expiresAt, createdById: viewer.id },
    skipDuplicates: true,
  });
  if (count === 1) return token;
  const where = { id, ...owner, createdById: viewer.id, revokedAt: null };
  const { count: renewed } = await tx.personalLink.updateMany({ where, data: { tokenHash } });
  if (renewed === 0) throw new NotFound('the id is that of another link');
  return token;
}

async function revoke(
  tx: Transaction,
  { deps }: ViewerContext,
  link: {
    readonly id: string;
    readonly requestId?: string;
    readonly customerId?: string;
    readonly kind?: string;
  },
): Promise<void> {
  if ((await tx.personalLink.count({ where: link })) === 0) throw new NotFound('no such link');
  await tx.personalLink.updateMany({ where: { ...link, revokedAt: null }, data: { revokedAt: deps.now() } });
}

/** @throws NotFound */
async function customerOfRequest(tx: Transaction, { viewer }: ViewerContext, id: string): Promise<string> {
  const rows = await tx.$queryRaw(sql`
    SELECT customer_id::text FROM service_requests
    WHERE id = ${id}::uuid AND deleted_at IS NULL AND customer_id IS NOT NULL
      AND ${requestScope(viewer, 'service-requests:work')}`);
  const [request] = z.array(z.object({ customer_id: z.string() })).parse(rows);
  if (!request) throw new NotFound('no such request to work');
  return request.customer_id;
}
