import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';

const tokenBytes = 32;

/** A token that nobody can guess: 256 random bits, in 43 characters. */
export const newPersonalToken = (): string => randomBytes(tokenBytes).toString('base64url');

/** What is stored of it. A token of so many random bits needs no key and no salt. */
export const personalTokenHash = (token: string): string =>
  createHash('sha256').update(token).digest('base64url');

/** Any text: whether it opens something, only the table knows. */
export const PersonalLinkParams = z.strictObject({ token: z.string().max(200) });
