import type pg from 'pg';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';

const windowSeconds = 15 * 60;

/** Attempts in 15 minutes: for one name from one address, for one name from anywhere, for one address with any names. */
export const signInLimits = { pair: 10, username: 100, address: 200 } as const;

export interface SignInLimits {
  /** Counts an attempt before its password is looked at, so parallel guesses cannot slip through. Seconds to wait, or 0. */
  count(username: string, address: string): Promise<number>;
  /** A right password clears the count of this name from this address. */
  clear(username: string, address: string): Promise<void>;
}

/** Counters in PostgreSQL, shared by all processes. A stranger's guesses lock the stranger's address, not the user's. */
export function createSignInLimits(pool: pg.Pool): SignInLimits {
  const limiter = (kind: keyof typeof signInLimits) =>
    new RateLimiterPostgres({
      storeClient: pool,
      storeType: 'pool',
      tableName: 'rate_limits',
      tableCreated: true,
      keyPrefix: `sign-in-${kind}`,
      points: signInLimits[kind],
      duration: windowSeconds,
      clearExpiredByTimeout: false,
    });
  const limits = { pair: limiter('pair'), username: limiter('username'), address: limiter('address') };
  const pairKey = (username: string, address: string) => `${username.slice(0, 100)}|${address}`;

  return {
    async count(username, address) {
      try {
        await limits.address.consume(address);
        await limits.pair.consume(pairKey(username, address));
        await limits.username.consume(username.slice(0, 100));
        return 0;
      } catch (refusal) {
        if (refusal instanceof RateLimiterRes) return Math.max(1, Math.ceil(refusal.msBeforeNext / 1_000));
        throw refusal;
      }
    },
    async clear(username, address) {
      await limits.pair.delete(pairKey(username, address));
    },
  };
}
