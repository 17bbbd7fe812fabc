import { isIPv4 } from 'node:net';
import { ConfigError } from '../../config.js';

/**
 * The passwords of the demo stand on the screen, so nobody else may reach it.
 * @throws ConfigError for an address that other machines can reach
 */
export function requireLoopback(host: string): void {
  const isLoopback = host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
  if (isLoopback) return;
  throw new ConfigError(
    `The demo is for this machine alone and does not listen on ${host}. Leave HOST out, or set it to 127.0.0.1.`,
  );
}
