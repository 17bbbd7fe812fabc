import { z } from 'zod';
import { passwordText, rowVersion, uuid } from '../../core/fields.js';
import { locales } from '../../core/i18n.js';
import { maximumPasswordLength, minimumPasswordLength } from '../../core/password.js';

export const LoginQuery = z.strictObject({ returnTo: z.string().max(2_000).optional() });

export const LoginForm = z.strictObject({
  username: z.string().max(1_000).default(''),
  password: z.string().max(10_000).default(''),
  returnTo: z.string().max(2_000).optional(),
});

export const LogoutForm = z.strictObject({});

export const LanguageForm = z.strictObject({
  locale: z.enum(locales),
  returnTo: z.string().max(2_000).default('/'),
});

export const ThemeForm = z.strictObject({
  theme: z.enum(['auto', 'light', 'dark']),
  returnTo: z.string().max(2_000).default('/'),
});

export const PasswordForm = z
  .strictObject({
    currentPassword: passwordText,
    newPassword: passwordText.min(minimumPasswordLength).max(maximumPasswordLength),
    repeatedPassword: passwordText,
  })
  .refine((form) => form.newPassword === form.repeatedPassword, {
    path: ['repeatedPassword'],
    error: 'auth.passwordsDiffer',
  });

export const ProfileForm = z.strictObject({
  name: z.string().trim().min(1).max(100),
  email: z
    .union([z.literal(''), z.email('errors.notAnEmail').max(200)])
    .transform((email) => (email === '' ? null : email)),
  version: rowVersion,
});

export const SessionParams = z.strictObject({ id: uuid });
export const EndSessionForm = z.strictObject({});
