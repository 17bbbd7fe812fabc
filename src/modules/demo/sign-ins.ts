import { createHmac } from 'node:crypto';
import type { Keys } from '../../core/keys.js';

/** Who can sign in to the demo: user names, which are the words for their roles as well. */
const signIns = ['admin', 'manager', 'agent', 'account', 'auditor'] as const;

export const isDemoSignIn = (username: string): boolean => signIns.some((signIn) => signIn === username);

/**
 * The password of a user of the demo, for instance `3fa9-41c7-bb02`. It follows from the installation's keys, so it is
 * the same at every start, another one in every installation, and stored nowhere.
 */
export function demoPassword(keys: Keys, username: string): string {
  const digest = createHmac('sha256', keys.pepper).update(`demo sign-in ${username}`).digest('hex');
  return [digest.slice(0, 4), digest.slice(4, 8), digest.slice(8, 12)].join('-');
}

/** One line for each sign-in: role, user name and password with tabs between. */
export const signInLines = (keys: Keys): string[] =>
  signIns.map((username) => `${username}\t${username}\t${demoPassword(keys, username)}`);
