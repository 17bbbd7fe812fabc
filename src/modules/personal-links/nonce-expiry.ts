import type { Dependencies } from '../../core/context.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { nonceAges } from './page-nonce.js';

export const nonceExpiryQueue = 'nonce-expiry';

/** Forgets nonces that nobody could use any more: those used longer ago than twice the age at which they end. */
export async function forgetNonces(deps: Dependencies): Promise<void> {
  const before = new Date(deps.now().getTime() - 2 * nonceAges.oldest * 1_000);
  await unitOfWork({ deps, actor: { id: null, name: 'system' } }, 'personal-links.nonces-forgotten', (tx) =>
    tx.usedNonce.deleteMany({ where: { usedAt: { lt: before } } }),
  );
}
