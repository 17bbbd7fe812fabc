import { createHash, randomBytes } from 'node:crypto';

const tokenBytes = 24;

/** A token that nobody can guess: 192 random bits. */
export const newCalendarToken = (): string => randomBytes(tokenBytes).toString('base64url');

/** What is stored of it. */
export const calendarTokenHash = (token: string): string =>
  createHash('sha256').update(token).digest('base64url');
