import type { ViewerContext } from '../../../core/context.js';
import { Conflict, Forbidden, type Problem } from '../../../core/errors.js';
import type { FormValues } from '../../../core/form.js';
import { page, redirect, type Reply } from '../../../core/reply.js';
import { route } from '../../../core/route.js';
import { conflictPage, EditedMeanwhile } from '../../../core/conflict.js';
import { roleName } from '../role-names.js';
import { plainRoleForm, roleFieldSpecs, roleFormView, storedRole, typedGrants } from './role-form.views.js';
import { findRole, listRoles, type RoleRecord } from './roles.queries.js';
import { EmptyForm, NewRoleForm, RoleForm, RoleListQuery, RoleParams } from './roles.schemas.js';
import { changeRole, createRole, deleteRole } from './roles.service.js';
import { roleDeletionView, roleShowView, rolesIndexView } from './roles.views.js';

const permission = 'roles:manage';

export const roleRoutes = [
  route.get('/admin/roles', {
    permission,
    query: RoleListQuery,
    handler: async (context, { query }) =>
      page('admin/list', rolesIndexView(context, query, await listRoles(context, query))),
  }),
  route.get('/admin/roles/new', {
    permission,
    handler: (context) => page('admin/role-form', roleFormView(context, undefined)),
  }),
  route.post('/admin/roles', {
    permission,
    body: NewRoleForm,
    invalid: (context, { values, problems }) =>
      page('admin/role-form', roleFormView(context, undefined, values, problems), { status: 422 }),
    handler: async (context, { body }) => {
      const id = await createRole(context, body);
      return redirect(`/admin/roles/${id}`, {
        kind: 'success',
        key: 'roles.created',
        params: { name: body.name },
      });
    },
  }),
  route.get('/admin/roles/:id', {
    permission,
    params: RoleParams,
    handler: async (context, { params }) =>
      page('admin/record', roleShowView(context, await findRole(context, params.id))),
  }),
  route.get('/admin/roles/:id/edit', {
    permission,
    params: RoleParams,
    handler: (context, { params }) => editPage(context, params.id),
  }),
  route.post('/admin/roles/:id', {
    permission,
    params: RoleParams,
    body: RoleForm,
    invalid: (context, { params, values, problems }) => editPage(context, params.id, values, problems),
    handler: async (context, { params, body }) => {
      try {
        await changeRole(context, params.id, body);
      } catch (error) {
        if (!(error instanceof EditedMeanwhile)) throw error;
        return roleConflict(context, params.id, { ...body, ...typedGrants(body.grants) });
      }
      return redirect(`/admin/roles/${params.id}`, {
        kind: 'success',
        key: 'roles.saved',
        params: { name: body.name },
      });
    },
  }),
  route.get('/admin/roles/:id/deletion', {
    permission,
    params: RoleParams,
    handler: async (context, { params }) => {
      const role = await changeableRole(context, params.id);
      if (role.user_count > 0) throw new Conflict('roles.inUse', { count: role.user_count });
      return page('admin/confirm', roleDeletionView(context, role));
    },
  }),
  route.post('/admin/roles/:id/deletion', {
    permission,
    params: RoleParams,
    body: EmptyForm,
    handler: async (context, { params }) => {
      await deleteRole(context, params.id);
      return redirect('/admin/roles', { kind: 'success', key: 'roles.deleted' });
    },
  }),
];

/** @throws NotFound, Forbidden when the role holds more than the viewer. */
async function changeableRole(context: ViewerContext, id: string): Promise<RoleRecord> {
  const role = await findRole(context, id);
  if (!role.isWithinReach) throw new Forbidden(permission);
  return role;
}

async function editPage(
  context: ViewerContext,
  id: string,
  values?: FormValues,
  problems?: readonly Problem[],
): Promise<Reply> {
  const role = await changeableRole(context, id);
  return page('admin/role-form', roleFormView(context, role, values, problems), {
    status: problems ? 422 : 200,
  });
}

async function roleConflict(context: ViewerContext, id: string, typed: FormValues): Promise<Reply> {
  const role = await changeableRole(context, id);
  return conflictPage(context, {
    table: 'roles',
    recordId: id,
    name: roleName(context.t, role),
    recordHref: `/admin/roles/${id}`,
    specs: roleFieldSpecs(context),
    stored: storedRole(role),
    typed,
    editForm: plainRoleForm(context, role, { ...typed, version: String(role.version) }),
  });
}
