import { createHmac, randomInt } from 'node:crypto';
import bcrypt from 'bcrypt';

export const minimumPasswordLength = 8;
export const maximumPasswordLength = 128;

export interface PasswordHasher {
  hash(password: string): Promise<string>;
  /** Takes the same time for a user that does not exist (`hash` undefined), so that timing names nobody. */
  verify(password: string, hash: string | undefined): Promise<boolean>;
}

/**
 * bcrypt over base64(HMAC-SHA-384(password, pepper)): 64 characters, so bcrypt's limit of 72 bytes never cuts a password,
 * and a stolen table is worthless without the pepper.
 */
export function createPasswordHasher(pepper: Buffer, cost: number): PasswordHasher {
  const prepare = (password: string) =>
    createHmac('sha384', pepper).update(password, 'utf8').digest('base64');
  const decoy = bcrypt.hash(prepare('nobody'), cost);
  return {
    hash: (password) => bcrypt.hash(prepare(password), cost),
    async verify(password, hash) {
      const matches = await bcrypt.compare(prepare(password), hash ?? (await decoy));
      return matches && hash !== undefined;
    },
  };
}

const readableCharacters = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** A random password of 16 characters (about 93 bits) without characters that are easily confused. */
export function generatePassword(): string {
  return Array.from(
    { length: 16 },
    () => readableCharacters[randomInt(readableCharacters.length)] ?? 'x',
  ).join('');
}
