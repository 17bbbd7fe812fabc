import { conflictPage, EditedMeanwhile } from '../../core/conflict.js';
import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import type { FormValues } from '../../core/form.js';
import { page, redirect, type Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { skillsPath } from './skill.js';
import { editSkillView, newSkillView, skillDeletionView, skillForm, skillSpecs } from './skill-form.views.js';
import { findSkill, listHolders, listSkills } from './skills.queries.js';
import {
  NewSkillForm,
  SkillArchivalForm,
  SkillDeletionForm,
  SkillForm,
  SkillListQuery,
  SkillParams,
} from './skills.schemas.js';
import { archiveSkill, createSkill, deleteSkill, renameSkill, unarchiveSkill } from './skills.service.js';
import { skillsIndexView, skillView } from './skills.views.js';

const permission = 'staff-schedules:manage';

export const skillRoutes = [
  route.get(skillsPath, {
    permission,
    query: SkillListQuery,
    handler: async (context, { query }) =>
      page('admin/list', skillsIndexView(context, query, await listSkills(context, query))),
  }),
  route.get(`${skillsPath}/new`, {
    permission,
    handler: (context) => page('admin/form', newSkillView(context)),
  }),
  route.post(skillsPath, {
    permission,
    body: NewSkillForm,
    invalid: (context, { values, problems }) =>
      page('admin/form', newSkillView(context, values, problems), { status: 422 }),
    handler: async (context, { body }) => {
      await createSkill(context, body);
      return redirect(skillsPath, { kind: 'success', key: 'skills.created', params: { name: body.name } });
    },
  }),
  route.get(`${skillsPath}/:id`, {
    permission,
    params: SkillParams,
    handler: async (context, { params }) => {
      const skill = await findSkill(context, params.id);
      return page('admin/record', skillView(context, skill, await listHolders(context, params.id)));
    },
  }),
  route.get(`${skillsPath}/:id/edit`, {
    permission,
    params: SkillParams,
    handler: (context, { params }) => editPage(context, params.id),
  }),
  route.post(`${skillsPath}/:id`, {
    permission,
    params: SkillParams,
    body: SkillForm,
    invalid: (context, { params, values, problems }) => editPage(context, params.id, values, problems),
    handler: async (context, { params, body, typed }) => {
      try {
        await renameSkill(context, params.id, body);
      } catch (error) {
        if (error instanceof EditedMeanwhile) return skillConflict(context, params.id, typed);
        throw error;
      }
      return backToSkill(params.id, 'skills.saved', body.name);
    },
  }),
  route.post(`${skillsPath}/:id/archival`, {
    permission,
    params: SkillParams,
    body: SkillArchivalForm,
    handler: async (context, { params }) =>
      backToSkill(params.id, 'skills.archivedNow', await archiveSkill(context, params.id)),
  }),
  route.post(`${skillsPath}/:id/archival/removal`, {
    permission,
    params: SkillParams,
    body: SkillArchivalForm,
    handler: async (context, { params }) =>
      backToSkill(params.id, 'skills.unarchivedNow', await unarchiveSkill(context, params.id)),
  }),
  route.get(`${skillsPath}/:id/deletion`, {
    permission,
    params: SkillParams,
    handler: async (context, { params }) =>
      page('admin/confirm', skillDeletionView(context, await findSkill(context, params.id))),
  }),
  route.post(`${skillsPath}/:id/deletion`, {
    permission,
    params: SkillParams,
    body: SkillDeletionForm,
    handler: async (context, { params, body }) => {
      const actionId = await deleteSkill(context, params.id, body.version);
      const undo = `/recent-actions/${actionId}/undo`;
      return redirect(skillsPath, { kind: 'success', key: 'skills.deleted', undo });
    },
  }),
];

const backToSkill = (
  id: string,
  key: 'skills.saved' | 'skills.archivedNow' | 'skills.unarchivedNow',
  name: string,
): Reply => redirect(`${skillsPath}/${id}`, { kind: 'success', key, params: { name } });

async function editPage(
  context: ViewerContext,
  id: string,
  values?: FormValues,
  problems?: readonly Problem[],
): Promise<Reply> {
  const skill = await findSkill(context, id);
  const view = editSkillView(context, skill, values, problems);
  return page('admin/form', view, { status: problems ? 422 : 200 });
}

async function skillConflict(context: ViewerContext, id: string, typed: FormValues): Promise<Reply> {
  const skill = await findSkill(context, id);
  return conflictPage(context, {
    table: 'skills',
    recordId: id,
    name: skill.name,
    recordHref: `${skillsPath}/${id}`,
    specs: skillSpecs,
    stored: { name: skill.name },
    typed,
    editForm: skillForm(context, skill, { ...typed, version: String(skill.version) }),
  });
}
