import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import { formView, type FieldSpec, type FormValues, type FormView } from '../../core/form.js';
import { formatDateTime } from '../../core/format.js';
import type { Translate } from '../../core/i18n.js';
import { maximumPasswordLength } from '../../core/password.js';
import type { OwnSessionRow } from './auth.queries.js';

export interface LoginView {
  readonly title: string;
  readonly form: FormView;
  readonly returnTo: string;
  readonly problem: string;
}

const loginFields: readonly FieldSpec[] = [
  { name: 'username', label: 'auth.username', kind: 'text', required: true, autocomplete: 'username' },
  {
    name: 'password',
    label: 'auth.password',
    kind: 'password',
    required: true,
    autocomplete: 'current-password',
  },
];

/** The sign-in page; `problem` says why the last attempt was refused. */
export function loginView(t: Translate, returnTo: string, username = '', problem = ''): LoginView {
  return { title: t('auth.signIn'), form: formView(t, loginFields, { username }), returnTo, problem };
}

export interface PasswordView {
  readonly title: string;
  readonly form: FormView;
  /** True when nothing else can be done before the password is changed. */
  readonly isRequired: boolean;
}

const passwordFields: readonly FieldSpec[] = [
  {
    name: 'currentPassword',
    label: 'auth.currentPassword',
    kind: 'password',
    required: true,
    autocomplete: 'current-password',
  },
  {
    name: 'newPassword',
    label: 'auth.newPassword',
    kind: 'password',
    required: true,
    autocomplete: 'new-password',
    help: 'auth.newPasswordHelp',
    maxLength: maximumPasswordLength,
  },
  {
    name: 'repeatedPassword',
    label: 'auth.repeatedPassword',
    kind: 'password',
    required: true,
    autocomplete: 'new-password',
  },
];

/** The page on which users change their own password. */
export function passwordView(context: ViewerContext, problems: readonly Problem[] = []): PasswordView {
  const { t } = context;
  return {
    title: t('auth.changePassword'),
    form: formView(t, passwordFields, {}, problems),
    isRequired: context.viewer.mustChangePassword,
  };
}

export interface OpenSessionView {
  readonly id: string;
  readonly device: string;
  readonly address: string;
  readonly since: string;
  readonly lastSeen: string;
  readonly isThisOne: boolean;
}

export interface ProfileView {
  readonly title: string;
  readonly username: string;
  readonly form: FormView;
  readonly version: number;
  readonly sessions: readonly OpenSessionView[];
}

const profileFields: readonly FieldSpec[] = [
  { name: 'name', label: 'users.name', kind: 'text', required: true, maxLength: 100, autocomplete: 'name' },
  {
    name: 'email',
    label: 'users.email',
    kind: 'email',
    maxLength: 200,
    autocomplete: 'email',
    help: 'auth.emailHelp',
  },
];

/** The viewer's own page: name, address, password, open sign-ins. */
export function profileView(
  context: ViewerContext,
  sessions: readonly OwnSessionRow[],
  version: number,
  values: FormValues,
  problems: readonly Problem[] = [],
): ProfileView {
  const { t, locale, viewer } = context;
  return {
    title: t('auth.profile'),
    username: viewer.username,
    form: formView(t, profileFields, values, problems),
    version,
    sessions: sessions.map((session) => ({
      id: session.id,
      device: session.user_agent,
      address: session.address,
      since: formatDateTime(session.created_at, locale),
      lastSeen: formatDateTime(session.last_seen_at, locale),
      isThisOne: session.id === viewer.loginSessionId,
    })),
  };
}
