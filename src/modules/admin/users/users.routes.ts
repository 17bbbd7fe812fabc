import type { ViewerContext } from '../../../core/context.js';
import { Conflict, Forbidden, type Problem } from '../../../core/errors.js';
import type { FormValues } from '../../../core/form.js';
import { page, redirect, type Reply } from '../../../core/reply.js';
import { route } from '../../../core/route.js';
import { can } from '../../../core/viewer.js';
import { listOpenSessions } from '../../auth/auth.queries.js';
import { endSession } from '../../auth/auth.service.js';
import { conflictPage, EditedMeanwhile } from '../../../core/conflict.js';
import { listRecentSignIns } from '../login-log/login-log.queries.js';
import { disablementView, passwordResetView } from './user-confirm.views.js';
import {
  editUserForm,
  editUserView,
  newUserView,
  storedUser,
  userFieldSpecs,
  type UserChoices,
} from './user-form.views.js';
import { userPasswordView } from './user-password.views.js';
import { userShowView } from './user-show.views.js';
import { usersIndexView } from './users-list.views.js';
import { findUser, listRoleChoices, listTeamChoices, listUsers, type UserRecord } from './users.queries.js';
import {
  EmptyForm,
  NewUserForm,
  SessionParams,
  UserForm,
  UserListQuery,
  UserParams,
} from './users.schemas.js';
import { changeUser, createUser, disableUser, enableUser, resetPassword } from './users.service.js';

const permission = 'users:manage';

export const userRoutes = [
  route.get('/admin/users', {
    permission,
    query: UserListQuery,
    handler: async (context, { query }) => {
      const [result, roles] = await Promise.all([listUsers(context, query), listRoleChoices(context)]);
      return page('admin/list', usersIndexView(context, query, result, roles));
    },
  }),
  route.get('/admin/users/new', {
    permission,
    handler: async (context) => page('admin/form', newUserView(context, await choices(context))),
  }),
  route.post('/admin/users', {
    permission,
    body: NewUserForm,
    invalid: async (context, { values, problems }) =>
      page('admin/form', newUserView(context, await choices(context), values, problems), { status: 422 }),
    handler: async (context, { body }) => {
      const { id, password } = await createUser(context, body);
      const { name, username } = body;
      return page(
        'admin/user-password',
        userPasswordView(context, { userId: id, name, username, password, isNewUser: true }),
      );
    },
  }),
  route.get('/admin/users/:id', {
    permission,
    params: UserParams,
    handler: async (context, { params }) => {
      const [user, sessions, signIns] = await Promise.all([
        findUser(context, params.id),
        listOpenSessions(context.deps.database, params.id),
        can(context.viewer, 'login-log:read') ? listRecentSignIns(context, params.id) : [],
      ]);
      return page('admin/record', userShowView(context, user, sessions, signIns));
    },
  }),
  route.get('/admin/users/:id/edit', {
    permission,
    params: UserParams,
    handler: (context, { params }) => editPage(context, params.id),
  }),
  route.post('/admin/users/:id', {
    permission,
    params: UserParams,
    body: UserForm,
    invalid: (context, { params, values, problems }) => editPage(context, params.id, values, problems),
    handler: async (context, { params, body }) => {
      try {
        await changeUser(context, params.id, body);
      } catch (error) {
        if (error instanceof EditedMeanwhile) return userConflict(context, params.id, body);
        throw error;
      }
      return redirect(`/admin/users/${params.id}`, {
        kind: 'success',
        key: 'users.saved',
        params: { name: body.name },
      });
    },
  }),
  route.get('/admin/users/:id/disablement', {
    permission,
    params: UserParams,
    handler: async (context, { params }) => {
      const user = await changeableUser(context, params.id);
      if (user.id === context.viewer.id) throw new Conflict('users.notYourself');
      const sessions = await listOpenSessions(context.deps.database, user.id);
      return page('admin/confirm', disablementView(context, user, sessions.length));
    },
  }),
  route.post('/admin/users/:id/disablement', {
    permission,
    params: UserParams,
    body: EmptyForm,
    handler: async (context, { params }) => {
      await disableUser(context, params.id);
      const undo = `/admin/users/${params.id}/enablement`;
      return redirect(`/admin/users/${params.id}`, { kind: 'success', key: 'users.wasDisabled', undo });
    },
  }),
  route.post('/admin/users/:id/enablement', {
    permission,
    params: UserParams,
    body: EmptyForm,
    handler: async (context, { params }) => {
      await enableUser(context, params.id);
      return redirect(`/admin/users/${params.id}`, { kind: 'success', key: 'users.wasEnabled' });
    },
  }),
  route.get('/admin/users/:id/password', {
    permission,
    params: UserParams,
    handler: async (context, { params }) => {
      const user = await changeableUser(context, params.id);
      if (user.id === context.viewer.id) throw new Conflict('users.ownPassword');
      const sessions = await listOpenSessions(context.deps.database, user.id);
      return page('admin/confirm', passwordResetView(context, user, sessions.length));
    },
  }),
  route.post('/admin/users/:id/password', {
    permission,
    params: UserParams,
    body: EmptyForm,
    handler: async (context, { params }) => {
      const { name, username } = await findUser(context, params.id);
      const password = await resetPassword(context, params.id);
      return page(
        'admin/user-password',
        userPasswordView(context, { userId: params.id, name, username, password, isNewUser: false }),
      );
    },
  }),
  route.post('/admin/users/:id/sessions/:sessionId/end', {
    permission,
    params: SessionParams,
    body: EmptyForm,
    handler: async (context, { params }) => {
      await endSession(context, params.id, params.sessionId);
      return redirect(`/admin/users/${params.id}`, { kind: 'success', key: 'auth.sessionEnded' });
    },
  }),
];

async function choices(context: ViewerContext): Promise<UserChoices> {
  const [roles, teams] = await Promise.all([listRoleChoices(context), listTeamChoices(context)]);
  return { roles, teams };
}

/** @throws NotFound, Forbidden for somebody who may do more than the viewer. */
async function changeableUser(context: ViewerContext, id: string): Promise<UserRecord> {
  const user = await findUser(context, id);
  if (!user.isWithinReach) throw new Forbidden(permission);
  return user;
}

async function editPage(
  context: ViewerContext,
  id: string,
  values?: FormValues,
  problems?: readonly Problem[],
): Promise<Reply> {
  const [user, offered] = await Promise.all([changeableUser(context, id), choices(context)]);
  return page('admin/form', editUserView(context, user, offered, values, problems), {
    status: problems ? 422 : 200,
  });
}

async function userConflict(context: ViewerContext, id: string, typed: FormValues): Promise<Reply> {
  const [user, offered] = await Promise.all([changeableUser(context, id), choices(context)]);
  return conflictPage(context, {
    table: 'users',
    recordId: id,
    name: user.name,
    recordHref: `/admin/users/${id}`,
    specs: userFieldSpecs(context, offered),
    stored: storedUser(user),
    typed,
    editForm: editUserForm(context, user, offered, { ...typed, version: String(user.version) }),
  });
}
