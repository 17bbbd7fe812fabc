import { createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Transaction } from '../../core/database.js';
import type { Keys } from '../../core/keys.js';

/** Seconds for which a form of a personal page can be sent, and before which nobody can have read it. */
export const nonceAges = { youngest: 2, oldest: 24 * 3_600 } as const;

const randomLength = 12;

const macOf = (keys: Keys, subject: string, issued: string, random: string): Buffer => {
  const key = Buffer.from(hkdfSync('sha256', keys.session, '', 'personal-page-nonce', 32));
  return createHmac('sha256', key).update(`${subject}|${issued}|${random}`).digest();
};

/**
 * What a form of a personal page carries in place of a session's token: made when the page is shown, good for one sending
 * of that form. Making it writes nothing, so that whoever only opens the link changes nothing.
 * @param subject names link and form
 */
export function newPageNonce(keys: Keys, subject: string, now: Date): string {
  const issued = now.getTime().toString(36);
  const random = randomBytes(randomLength).toString('base64url');
  return [issued, random, macOf(keys, subject, issued, random).toString('base64url')].join('.');
}

export type NonceVerdict = 'good' | 'tooYoung' | 'useless';

/**
 * Whether a nonce lets the form through. Mail scanners open links and have been seen to send the forms behind them, at
 * once (odoo/odoo#262262); people look at the page first.
 */
export function judgePageNonce(keys: Keys, subject: string, nonce: string, now: Date): NonceVerdict {
  const [issued = '', random = '', mac = ''] = nonce.split('.');
  const expected = macOf(keys, subject, issued, random);
  const given = Buffer.from(mac, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'useless';
  const seconds = (now.getTime() - Number.parseInt(issued, 36)) / 1_000;
  if (seconds > nonceAges.oldest) return 'useless';
  return seconds < nonceAges.youngest ? 'tooYoung' : 'good';
}

/** Uses a nonce up within a unit of work; false when it was used before: the form has been sent already. */
export async function spendPageNonce(tx: Transaction, nonce: string, now: Date): Promise<boolean> {
  const nonceHash = createHash('sha256').update(nonce).digest('base64url');
  const { count } = await tx.usedNonce.createMany({
    data: [{ nonceHash, usedAt: now }],
    skipDuplicates: true,
  });
  return count === 1;
}
