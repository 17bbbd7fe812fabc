import type { Cipher } from './cipher.js';
import type { Config } from '../config.js';
import type { Database } from './database.js';
import type { Translate, Locale } from './i18n.js';
import type { Jobs } from './jobs.js';
import type { Keys } from './keys.js';
import type { Logger } from './logger.js';
import type { PasswordHasher } from './password.js';
import type { Actor } from './unit-of-work.js';
import type { Viewer } from './viewer.js';

/** What one process has: made once in main, passed down, never imported. */
export interface Dependencies {
  readonly config: Config;
  readonly database: Database;
  readonly keys: Keys;
  readonly cipher: Cipher;
  readonly passwords: PasswordHasher;
  readonly jobs: Jobs;
  readonly logger: Logger;
  readonly now: () => Date;
}

/** Who does something, where and in which language: the first argument of every query and service. */
export interface Context {
  readonly deps: Dependencies;
  readonly actor: Actor;
  readonly locale: Locale;
  readonly t: Translate;
}

/** The context of a signed-in user. */
export interface ViewerContext extends Context {
  readonly viewer: Viewer;
}

/** The context of a page that needs no sign-in; the viewer may be known all the same. */
export interface PublicContext extends Context {
  readonly viewer: Viewer | undefined;
}
