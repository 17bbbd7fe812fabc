import type { Context } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { InvalidInput } from '../../core/errors.js';
import { unitOfWork, type AuditAction } from '../../core/unit-of-work.js';
import { judgePageNonce, spendPageNonce } from './page-nonce.js';

interface SentForm {
  readonly action: AuditAction;
  /** Names link and form, as the nonce was made for them. */
  readonly subject: string;
  readonly nonce: string;
  /** Longer than five seconds only for files. */
  readonly timeoutMillis?: number;
}

/**
 * Does what a form of a personal page asks for, once: in a unit of work with the nonce. Undefined when this very form was
 * sent before; nothing changes then.
 * @throws InvalidInput when the form was sent sooner than anybody reads, without a nonce of this page, or a day later.
 */
export async function onceForForm<Result>(
  context: Context,
  form: SentForm,
  work: (tx: Transaction) => Promise<Result>,
): Promise<Result | undefined> {
  const { keys, now } = context.deps;
  const verdict = judgePageNonce(keys, form.subject, form.nonce, now());
  if (verdict === 'tooYoung') throw InvalidInput.field('', 'personalLinks.tooSoon');
  if (verdict === 'useless') throw InvalidInput.field('', 'personalLinks.openTooLong');
  const { timeoutMillis } = form;
  return unitOfWork(
    context,
    form.action,
    async (tx) => ((await spendPageNonce(tx, form.nonce, now())) ? work(tx) : undefined),
    timeoutMillis === undefined ? {} : { timeoutMillis },
  );
}
