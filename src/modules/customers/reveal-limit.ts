import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { ViewerContext } from '../../core/context.js';
import { TooManyRequests } from '../../core/errors.js';

/** Values one person may reveal in an hour; copying the whole register by hand stops here. */
export const revealsPerHour = 120;

/**
 * Counts a value that the viewer reveals, whosever it is.
 * @throws TooManyRequests
 */
export async function countReveal(context: ViewerContext): Promise<void> {
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
