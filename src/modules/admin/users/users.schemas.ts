import { z } from 'zod';
import { normaliseEmail } from '../../../core/email-address.js';
import { listOf, optionalText, optionalUuid, requiredText, rowVersion, uuid } from '../../../core/fields.js';
import { locales } from '../../../core/i18n.js';
import { listParameters } from '../../../core/lists/list.js';
import { optionalChoice } from '../filters.js';

export const userLimits = { name: 100, username: 40, email: 200 } as const;

const email = optionalText(userLimits.email).transform((text, context) => {
  if (text === null) return null;
  const address = normaliseEmail(text);
  if (address !== null) return address;
  context.addIssue({ code: 'custom', message: 'errors.notAnEmail', input: text });
  return z.NEVER;
});

const fields = {
  name: requiredText(userLimits.name),
  username: requiredText(userLimits.username)
    .transform((text) => text.toLowerCase())
    .pipe(z.string().regex(/^[a-z0-9._-]{2,40}$/, 'users.usernameRule')),
  email,
  roleIds: listOf(uuid),
  teamIds: listOf(uuid),
  locale: optionalChoice(locales),
};

export const NewUserForm = z.strictObject(fields);
export const UserForm = z.strictObject({ version: rowVersion, ...fields });

export type NewUser = z.output<typeof NewUserForm>;
export type UserChange = z.output<typeof UserForm>;

export const userSorts = ['name', 'username', 'createdAt'] as const;
export const userStates = ['active', 'disabled'] as const;

export const UserListQuery = z.strictObject({
  ...listParameters(userSorts),
  role: optionalUuid,
  state: optionalChoice(userStates),
});

export type UserListQuery = z.output<typeof UserListQuery>;

export const UserParams = z.strictObject({ id: uuid });
export const SessionParams = z.strictObject({ id: uuid, sessionId: uuid });
export const EmptyForm = z.strictObject({});
