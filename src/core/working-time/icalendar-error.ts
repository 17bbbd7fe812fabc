import type { MessageKey, MessageParams } from '../i18n.js';

/** A calendar file cannot be read, for a reason that the user can do something about: a sentence of the texts. */
export class ICalendarError extends Error {
  override readonly name = 'ICalendarError';
  constructor(
    readonly messageKey: MessageKey,
    readonly params: MessageParams = {},
    options?: ErrorOptions,
  ) {
    super(messageKey, options);
  }
}
