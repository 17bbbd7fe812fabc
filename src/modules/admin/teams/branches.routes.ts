import type { ViewerContext } from '../../../core/context.js';
import type { Problem } from '../../../core/errors.js';
import type { FormValues } from '../../../core/form.js';
import { page, redirect, type Reply } from '../../../core/reply.js';
import { route } from '../../../core/route.js';
import { conflictPage, EditedMeanwhile } from '../../../core/conflict.js';
import { findBranch, listBranches } from './branches.queries.js';
import { BranchForm, BranchListQuery, BranchParams, NewBranchForm } from './branches.schemas.js';
import { branchesIndexView, branchFieldSpecs, branchForm, branchFormView } from './branches.views.js';
import { createBranch, renameBranch } from './teams.service.js';

const permission = 'teams:manage';

export const branchRoutes = [
  route.get('/admin/branches', {
    permission,
    query: BranchListQuery,
    handler: async (context, { query }) =>
      page('admin/list', branchesIndexView(context, query, await listBranches(context, query))),
  }),
  route.get('/admin/branches/new', {
    permission,
    handler: (context) => page('admin/form', branchFormView(context, undefined)),
  }),
  route.post('/admin/branches', {
    permission,
    body: NewBranchForm,
    invalid: (context, { values, problems }) =>
      page('admin/form', branchFormView(context, undefined, values, problems), { status: 422 }),
    handler: async (context, { body }) => {
      await createBranch(context, body);
      return redirect('/admin/branches', {
        kind: 'success',
        key: 'branches.created',
        params: { name: body.name },
      });
    },
  }),
  route.get('/admin/branches/:id/edit', {
    permission,
    params: BranchParams,
    handler: (context, { params }) => editPage(context, params.id),
  }),
  route.post('/admin/branches/:id', {
    permission,
    params: BranchParams,
    body: BranchForm,
    invalid: (context, { params, values, problems }) => editPage(context, params.id, values, problems),
    handler: async (context, { params, body }) => {
      try {
        await renameBranch(context, params.id, body);
      } catch (error) {
        if (error instanceof EditedMeanwhile) return branchConflict(context, params.id, body);
        throw error;
      }
      return redirect('/admin/branches', {
        kind: 'success',
        key: 'branches.saved',
        params: { name: body.name },
      });
    },
  }),
];

async function editPage(
  context: ViewerContext,
  id: string,
  values?: FormValues,
  problems?: readonly Problem[],
): Promise<Reply> {
  const branch = await findBranch(context, id);
  return page('admin/form', branchFormView(context, branch, values, problems), {
    status: problems ? 422 : 200,
  });
}

async function branchConflict(context: ViewerContext, id: string, typed: FormValues): Promise<Reply> {
  const branch = await findBranch(context, id);
  return conflictPage(context, {
    table: 'branches',
    recordId: id,
    name: branch.name,
    recordHref: '/admin/branches',
    specs: branchFieldSpecs,
    stored: { name: branch.name },
    typed,
    editForm: branchForm(context, branch, { ...typed, version: String(branch.version) }),
  });
}
