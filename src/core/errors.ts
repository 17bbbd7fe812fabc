import type { MessageKey, MessageParams } from './i18n.js';

/** Something to tell the user about one field of what was sent, or about the whole (`path` is empty). */
export interface Problem {
  readonly path: string;
  readonly key: MessageKey;
  readonly params?: MessageParams;
}

/** An error that has a page of its own; `status` is the HTTP status. */
export abstract class ProductError extends Error {
  abstract readonly status: number;
}

/** There is no such thing, or it lies outside what the viewer may see: both look the same. */
export class NotFound extends ProductError {
  override readonly name = 'NotFound';
  readonly status = 404;
}

/** The viewer may not do this at all. */
export class Forbidden extends ProductError {
  override readonly name = 'Forbidden';
  readonly status = 403;
  constructor(readonly permission: string) {
    super(`missing permission ${permission}`);
  }
}

/** Nobody is signed in. */
export class SignInRequired extends ProductError {
  override readonly name = 'SignInRequired';
  readonly status = 401;
}

/** What was sent cannot be used; nothing was changed. */
export class InvalidInput extends ProductError {
  override readonly name = 'InvalidInput';
  readonly status = 422;
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map((problem) => `${problem.path}: ${problem.key}`).join('; '));
  }
  /** One problem with one field. */
  static field(path: string, key: MessageKey, params: MessageParams = {}): InvalidInput {
    return new InvalidInput([{ path, key, params }]);
  }
}

/** The record changed, or what was asked no longer fits its state. */
export class Conflict extends ProductError {
  override readonly name = 'Conflict';
  readonly status = 409;
  constructor(
    readonly key: MessageKey,
    readonly params: MessageParams = {},
  ) {
    super(key);
  }
}

/** More was sent than the page takes. */
export class PayloadTooLarge extends ProductError {
  override readonly name = 'PayloadTooLarge';
  readonly status = 413;
}

/** What was sent is not in a form that the page reads. */
export class UnsupportedMediaType extends ProductError {
  override readonly name = 'UnsupportedMediaType';
  readonly status = 415;
}

/** Too many attempts; `retryAfterSeconds` says when the next one counts. */
export class TooManyRequests extends ProductError {
  override readonly name = 'TooManyRequests';
  readonly status = 429;
  constructor(readonly retryAfterSeconds: number) {
    super('too many requests');
  }
}

/** The database or another part is out of reach for the moment. */
export class Unavailable extends ProductError {
  override readonly name = 'Unavailable';
  readonly status = 503;
}
