import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import type { FormValues } from '../../core/form.js';
import { page, redirect, type Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { listOpenSessions } from './auth.queries.js';
import {
  EndSessionForm,
  LanguageForm,
  LoginForm,
  LoginQuery,
  LogoutForm,
  PasswordForm,
  ProfileForm,
  SessionParams,
  ThemeForm,
} from './auth.schemas.js';
import {
  changeOwnPassword,
  changeOwnProfile,
  endSession,
  setOwnLocale,
  setOwnTheme,
  signOut,
} from './auth.service.js';
import { loginView, passwordView, profileView } from './auth.views.js';

export const authRoutes = [
  route.get('/login', {
    permission: 'public',
    query: LoginQuery,
    handler: ({ viewer, t }, { query }) =>
      viewer
        ? redirect(query.returnTo ?? '/')
        : page('auth/login', loginView(t, query.returnTo ?? '/'), { layout: 'plain' }),
  }),
  route.post('/login', {
    permission: 'public',
    body: LoginForm,
    handler: ({ t }, { body }) => ({
      kind: 'sign-in',
      to: body.returnTo ?? '/',
      refused: ({ key, params, status }) =>
        page('auth/login', loginView(t, body.returnTo ?? '/', body.username, t(key, params)), {
          layout: 'plain',
          status,
        }),
    }),
  }),
  route.post('/logout', {
    permission: 'signed-in',
    body: LogoutForm,
    handler: async (context) => {
      await signOut(context);
      return { kind: 'sign-out', to: '/login' };
    },
  }),
  route.get('/profile', { permission: 'signed-in', handler: (context) => showProfile(context) }),
  route.post('/profile', {
    permission: 'signed-in',
    body: ProfileForm,
    invalid: (context, { values, problems }) => showProfile(context, values, problems),
    handler: async (context, { body }) => {
      await changeOwnProfile(context, body);
      return redirect('/profile', { kind: 'success', key: 'auth.profileSaved' });
    },
  }),
  route.get('/profile/password', {
    permission: 'signed-in',
    handler: (context) => page('auth/password', passwordView(context)),
  }),
  route.post('/profile/password', {
    permission: 'signed-in',
    body: PasswordForm,
    invalid: (context, { problems }) =>
      page('auth/password', passwordView(context, problems), { status: 422 }),
    handler: async (context, { body }) => {
      await changeOwnPassword(context, body);
      return redirect('/profile', { kind: 'success', key: 'auth.passwordChanged' });
    },
  }),
  route.post('/profile/sessions/:id/end', {
    permission: 'signed-in',
    params: SessionParams,
    body: EndSessionForm,
    handler: async (context, { params }) => {
      await endSession(context, context.viewer.id, params.id);
      return redirect('/profile', { kind: 'success', key: 'auth.sessionEnded' });
    },
  }),
  route.post('/profile/language', {
    permission: 'public',
    body: LanguageForm,
    handler: async ({ viewer, ...context }, { body }) => {
      if (viewer) await setOwnLocale({ ...context, viewer }, body.locale);
      return { kind: 'redirect', to: body.returnTo, locale: body.locale };
    },
  }),
  route.post('/profile/theme', {
    permission: 'signed-in',
    body: ThemeForm,
    handler: async (context, { body }) => {
      await setOwnTheme(context, body.theme);
      return redirect(body.returnTo);
    },
  }),
];

async function showProfile(
  context: ViewerContext,
  values?: FormValues,
  problems: readonly Problem[] = [],
): Promise<Reply> {
  const { database } = context.deps;
  const [user, sessions] = await Promise.all([
    database.models.user.findUniqueOrThrow({
      where: { id: context.viewer.id },
      select: { name: true, email: true, version: true },
    }),
    listOpenSessions(database, context.viewer.id),
  ]);
  const view = profileView(context, sessions, user.version, values ?? user, problems);
  return page('auth/profile', view, { status: problems.length > 0 ? 422 : 200 });
}
