import { ConfigError } from './config.js';
import { DataDirectoryInUseError } from './core/embedded-postgres/data-directory-lock.js';
import { MigrationError } from './core/migrations/migrations.js';
import { WrongKeyFile } from './modules/admin/installation.js';
import { PortTaken } from './serve.js';

const understandable = [ConfigError, DataDirectoryInUseError, MigrationError, WrongKeyFile, PortTaken];

/** What to tell whoever started the product: a sentence for what they can mend, everything known for the rest. */
export function explainStartFailure(error: unknown): string {
  if (understandable.some((kind) => error instanceof kind) && error instanceof Error) return error.message;
  if (error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED') {
    return `The database cannot be reached: ${error.message}. Check DATABASE_URL.`;
  }
  return error instanceof Error
    ? `The product could not start.\n${error.stack ?? error.message}`
    : String(error);
}
