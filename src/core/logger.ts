import { pino } from 'pino';

export type Logger = Pick<pino.Logger, 'debug' | 'info' | 'warn' | 'error' | 'fatal'>;

/** Names under which secrets or personal data could reach a log line; their values are replaced. */
const redactedNames = [
  'password',
  'currentPassword',
  'newPassword',
  'phone',
  'email',
  'wechat',
  'address',
  '_csrf',
  'token',
];

/** One JSON object per line on standard output, without secrets. Strings are escaped, so no input can forge a line. */
export function createLogger(level: string): Logger {
  const paths = redactedNames.flatMap((name) => [name, `*.${name}`]);
  return pino({
    level,
    base: null,
    redact: { paths, censor: '[redacted]' },
    timestamp: pino.stdTimeFunctions.isoTime,
  });
}
