import type { z } from 'zod';
import type { Context, ViewerContext } from '../../core/context.js';
import { Conflict, InvalidInput, NotFound } from '../../core/errors.js';
import { recordEvent } from '../../core/events.js';
import type { Locale } from '../../core/i18n.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import type { Theme } from '../../core/viewer.js';
import { isCommonPassword } from './common-passwords.js';
import type { PasswordForm, ProfileForm } from './auth.schemas.js';

/** Ends the viewer's sign-in at the next request, even for requests that are on their way. */
export async function signOut(context: ViewerContext): Promise<void> {
  await endSession(context, context.viewer.id, context.viewer.loginSessionId);
}

/**
 * Ends one sign-in of a user.
 * @throws NotFound when the user has no such open sign-in.
 */
export async function endSession(context: Context, userId: string, loginSessionId: string): Promise<void> {
  const result = await context.deps.database.pool.query(
    'UPDATE login_sessions SET ended_at = now() WHERE id = $1 AND user_id = $2 AND ended_at IS NULL',
    [loginSessionId, userId],
  );
  if (result.rowCount === 0) throw new NotFound('no such open sign-in');
  await recordEvent(context, {
    action: 'sign-in.ended',
    tableName: 'users',
    recordId: userId,
    details: { loginSessionId },
  });
}

/** Ends all sign-ins of a user except one that stays (`exceptId`). */
export async function endAllSessions(context: Context, userId: string, exceptId?: string): Promise<void> {
  const result = await context.deps.database.pool.query(
    'UPDATE login_sessions SET ended_at = now() WHERE user_id = $1 AND ended_at IS NULL AND id IS DISTINCT FROM $2::uuid',
    [userId, exceptId ?? null],
  );
  if (result.rowCount) {
    await recordEvent(context, {
      action: 'sign-in.ended',
      tableName: 'users',
      recordId: userId,
      details: { count: result.rowCount },
    });
  }
}

/**
 * Changes the viewer's own password and ends their other sign-ins.
 * @throws InvalidInput when the current password is wrong or the new one is too common.
 */
export async function changeOwnPassword(
  context: ViewerContext,
  form: z.output<typeof PasswordForm>,
): Promise<void> {
  const { deps, viewer } = context;
  const user = await deps.database.models.user.findUniqueOrThrow({
    where: { id: viewer.id },
    select: { passwordHash: true },
  });
  if (!(await deps.passwords.verify(form.currentPassword, user.passwordHash))) {
    throw InvalidInput.field('currentPassword', 'auth.currentPasswordWrong');
  }
  refuseWeakPassword(form.newPassword, viewer.username, 'newPassword');
  const passwordHash = await deps.passwords.hash(form.newPassword);
  await unitOfWork(context, 'users.password-changed', (tx) =>
    tx.user.update({ where: { id: viewer.id }, data: { passwordHash, mustChangePassword: false } }),
  );
  await endAllSessions(context, viewer.id, viewer.loginSessionId);
}

/**
 * Refuses passwords that everybody tries first, and those that hold the user's name (OWASP ASVS 5.0.0, 6.2.4 and 6.2.11).
 * @throws InvalidInput
 */
export function refuseWeakPassword(password: string, username: string, path: string): void {
  const lower = password.toLowerCase();
  if (isCommonPassword(password)) throw InvalidInput.field(path, 'auth.passwordTooCommon');
  if (lower.includes(username) || /service-?crm/.test(lower))
    throw InvalidInput.field(path, 'auth.passwordHoldsName');
}

/**
 * Changes the viewer's own name and address.
 * @throws Conflict when the profile was changed meanwhile.
 */
export async function changeOwnProfile(
  context: ViewerContext,
  form: z.output<typeof ProfileForm>,
): Promise<void> {
  await unitOfWork(context, 'users.profile-changed', async (tx) => {
    const { count } = await tx.user.updateMany({
      where: { id: context.viewer.id, version: form.version },
      data: { name: form.name, email: form.email },
    });
    if (count === 0) throw new Conflict('errors.changedMeanwhile');
  });
}

export async function setOwnLocale(context: ViewerContext, locale: Locale): Promise<void> {
  await unitOfWork(context, 'users.language-chosen', (tx) =>
    tx.user.update({ where: { id: context.viewer.id }, data: { locale } }),
  );
}

export async function setOwnTheme(context: ViewerContext, theme: Theme): Promise<void> {
  await unitOfWork(context, 'users.theme-chosen', (tx) =>
    tx.user.update({ where: { id: context.viewer.id }, data: { theme } }),
  );
}
