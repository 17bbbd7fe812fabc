import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { PublicContext } from '../../core/context.js';
import { TooManyRequests } from '../../core/errors.js';
import { personalTokenHash } from './personal-token.js';

/** Requests in ten minutes: of all personal pages from one address, and of one link from anywhere. */
export const pageLimits = { address: 300, link: 120 } as const;
const windowSeconds = 600;

/**
 * Counts a request of a personal page, before it is known whether the link opens anything.
 * @throws TooManyRequests
 */
export async function countPageVisit({ deps, actor }: PublicContext, token: string): Promise<void> {
  const limiter = (kind: keyof typeof pageLimits) =>
    new RateLimiterPostgres({
      storeClient: deps.database.sessionPool,
      storeType: 'pool',
      tableName: 'rate_limits',
      tableCreated: true,
      keyPrefix: `personal-page-${kind}`,
      points: pageLimits[kind],
      duration: windowSeconds,
      clearExpiredByTimeout: false,
    });
  try {
    await limiter('address').consume(actor.address ?? '');
    await limiter('link').consume(personalTokenHash(token));
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) throw new TooManyRequests(Math.ceil(refusal.msBeforeNext / 1_000));
    throw refusal;
  }
}
