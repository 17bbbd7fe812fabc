import { z } from 'zod';

const Email = z.email();
const longestAddress = 254;
const longestLocalPart = 64;
const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * An e-mail address in lower case, or null when no mail can reach it. Full-width characters (`ａｂｃ＠ｑｑ．ｃｏｍ`) count as
 * their narrow forms. The lengths are those of RFC 5321, 4.5.3.1; internationalised addresses are refused.
 */
export function normaliseEmail(text: string): string | null {
  const address = text.normalize('NFKC').trim().toLowerCase();
  const [localPart = '', domain = ''] = address.split('@');
  if (address.length > longestAddress || localPart.length > longestLocalPart) return null;
  if (!Email.safeParse(address).success) return null;
  return domain.split('.').every((part) => label.test(part)) ? address : null;
}
