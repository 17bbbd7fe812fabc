/** Shown in place of contact data to those who may not see it, and to everybody until they ask. */

/** `wang@example.com` → `w***@example.com`. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  return at < 1 ? '***' : `${email.slice(0, 1)}***${email.slice(at)}`;
}

/** Keeps the first two characters of a longer text: `wx_zhang88` → `wx***`. */
export function maskText(text: string): string {
  const characters = Array.from(text);
  return characters.length <= 3 ? '***' : `${characters.slice(0, 2).join('')}***`;
}
