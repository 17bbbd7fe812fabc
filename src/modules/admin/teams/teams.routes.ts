import type { ViewerContext } from '../../../core/context.js';
import type { Problem } from '../../../core/errors.js';
import type { FormValues } from '../../../core/form.js';
import { page, redirect, type Reply } from '../../../core/reply.js';
import { route } from '../../../core/route.js';
import { conflictPage, EditedMeanwhile } from '../../../core/conflict.js';
import { listPeople } from '../people.queries.js';
import { listBranchChoices } from './branches.queries.js';
import { storedTeam, teamFieldSpecs, teamForm, teamFormView, type TeamChoices } from './team-form.views.js';
import { findTeam, listTeams } from './teams.queries.js';
import { NewTeamForm, TeamForm, TeamListQuery, TeamParams } from './teams.schemas.js';
import { changeTeam, createTeam } from './teams.service.js';
import { teamShowView, teamsIndexView } from './teams.views.js';

const permission = 'teams:manage';

export const teamRoutes = [
  route.get('/admin/teams', {
    permission,
    query: TeamListQuery,
    handler: async (context, { query }) => {
      const [result, branches] = await Promise.all([listTeams(context, query), listBranchChoices(context)]);
      return page('admin/list', teamsIndexView(context, query, result, branches));
    },
  }),
  route.get('/admin/teams/new', {
    permission,
    handler: async (context) => page('admin/form', teamFormView(context, undefined, await choices(context))),
  }),
  route.post('/admin/teams', {
    permission,
    body: NewTeamForm,
    invalid: async (context, { values, problems }) =>
      page('admin/form', teamFormView(context, undefined, await choices(context), values, problems), {
        status: 422,
      }),
    handler: async (context, { body }) => {
      const id = await createTeam(context, body);
      return redirect(`/admin/teams/${id}`, {
        kind: 'success',
        key: 'teams.created',
        params: { name: body.name },
      });
    },
  }),
  route.get('/admin/teams/:id', {
    permission,
    params: TeamParams,
    handler: async (context, { params }) =>
      page('admin/record', teamShowView(context, await findTeam(context, params.id))),
  }),
  route.get('/admin/teams/:id/edit', {
    permission,
    params: TeamParams,
    handler: (context, { params }) => editPage(context, params.id),
  }),
  route.post('/admin/teams/:id', {
    permission,
    params: TeamParams,
    body: TeamForm,
    invalid: (context, { params, values, problems }) => editPage(context, params.id, values, problems),
    handler: async (context, { params, body }) => {
      try {
        await changeTeam(context, params.id, body);
      } catch (error) {
        if (error instanceof EditedMeanwhile) return teamConflict(context, params.id, body);
        throw error;
      }
      return redirect(`/admin/teams/${params.id}`, {
        kind: 'success',
        key: 'teams.saved',
        params: { name: body.name },
      });
    },
  }),
];

async function choices(context: ViewerContext): Promise<TeamChoices> {
  const [branches, people] = await Promise.all([listBranchChoices(context), listPeople(context)]);
  return { branches, people };
}

async function editPage(
  context: ViewerContext,
  id: string,
  values?: FormValues,
  problems?: readonly Problem[],
): Promise<Reply> {
  const [team, offered] = await Promise.all([findTeam(context, id), choices(context)]);
  return page('admin/form', teamFormView(context, team, offered, values, problems), {
    status: problems ? 422 : 200,
  });
}

async function teamConflict(context: ViewerContext, id: string, typed: FormValues): Promise<Reply> {
  const [team, offered] = await Promise.all([findTeam(context, id), choices(context)]);
  return conflictPage(context, {
    table: 'teams',
    recordId: id,
    name: team.name,
    recordHref: `/admin/teams/${id}`,
    specs: teamFieldSpecs(offered),
    stored: storedTeam(team),
    typed,
    editForm: teamForm(context, team, offered, { ...typed, version: String(team.version) }),
  });
}
