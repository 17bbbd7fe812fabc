import { z } from 'zod';
import { conflictPage, EditedMeanwhile } from '../../core/conflict.js';
import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import { rowVersion, uuid } from '../../core/fields.js';
import type { FormValues } from '../../core/form.js';
import type { MessageKey } from '../../core/i18n.js';
import { page, redirect, type Reply } from '../../core/reply.js';
import { route, type Route } from '../../core/route.js';
import {
  changeSettingForm,
  changeSettingView,
  newSettingView,
  settingDeletionView,
  type SettingFormParts,
} from './setting-forms.js';
import type { SettingKind, SettingRecord } from './setting-kind.js';
import { archiveSetting, deleteSetting, moveSetting, unarchiveSetting } from './setting-upkeep.service.js';
import { readUsage } from './setting-usage.queries.js';

const permission = 'service-settings:manage';

const SettingParams = z.strictObject({ id: uuid });
const PositionForm = z.strictObject({ direction: z.enum(['up', 'down']) });
const EmptyForm = z.strictObject({});
const DeletionForm = z.strictObject({ version: rowVersion });

interface Named {
  readonly name: string;
}

/** The pages and changes that all settings of service have: new, change, order, archive, delete. */
export function settingRoutes<Stored extends SettingRecord, New extends Named, Change extends Named>(
  kind: SettingKind<Stored, New, Change>,
): readonly Route[] {
  const { path, upkeep } = kind;
  const pages = settingPages(kind);
  const back = (key: MessageKey, name: string): Reply =>
    redirect(path, { kind: 'success', key, params: { name } });
  const readName = async (context: ViewerContext, id: string): Promise<string> =>
    kind.nameOf(context, await kind.find(context, id));

  return [
    route.get(`${path}/new`, { permission, handler: (context) => pages.create(context) }),
    route.post(path, {
      permission,
      body: kind.newForm,
      invalid: (context, { values, problems }) => pages.create(context, values, problems),
      handler: async (context, { body }) => {
        await kind.create(context, body);
        return back('serviceSettings.created', body.name);
      },
    }),
    route.get(`${path}/:id/edit`, {
      permission,
      params: SettingParams,
      handler: (context, { params }) => pages.change(context, params.id),
    }),
    route.post(`${path}/:id`, {
      permission,
      params: SettingParams,
      body: kind.changeForm,
      invalid: (context, { params, values, problems }) => pages.change(context, params.id, values, problems),
      handler: async (context, { params, body, typed }) => {
        try {
          const stored = await kind.find(context, params.id);
          const isKept = body.name === kind.nameOf(context, stored);
          await kind.change(context, params.id, { ...body, name: isKept ? stored.name : body.name });
        } catch (error) {
          if (error instanceof EditedMeanwhile) return pages.conflict(context, params.id, typed);
          throw error;
        }
        return back('serviceSettings.saved', body.name);
      },
    }),
    route.post(`${path}/:id/position`, {
      permission,
      params: SettingParams,
      body: PositionForm,
      handler: async (context, { params, body }) => {
        await moveSetting(context, upkeep, params.id, body.direction);
        return redirect(path, { kind: 'success', key: 'serviceSettings.moved' });
      },
    }),
    route.post(`${path}/:id/archival`, {
      permission,
      params: SettingParams,
      body: EmptyForm,
      handler: async (context, { params }) => {
        const name = await readName(context, params.id);
        await archiveSetting(context, upkeep, params.id);
        return back('serviceSettings.archivedNow', name);
      },
    }),
    route.post(`${path}/:id/archival/removal`, {
      permission,
      params: SettingParams,
      body: EmptyForm,
      handler: async (context, { params }) => {
        const name = await readName(context, params.id);
        await unarchiveSetting(context, upkeep, params.id);
        return back('serviceSettings.unarchivedNow', name);
      },
    }),
    route.get(`${path}/:id/deletion`, {
      permission,
      params: SettingParams,
      handler: (context, { params }) => pages.deletion(context, params.id),
    }),
    route.post(`${path}/:id/deletion`, {
      permission,
      params: SettingParams,
      body: DeletionForm,
      handler: async (context, { params, body }) => {
        const name = await readName(context, params.id);
        const actionId = await deleteSetting(context, upkeep, params.id, body.version);
        const undo = `/recent-actions/${actionId}/undo`;
        return redirect(path, { kind: 'success', key: 'serviceSettings.deleted', params: { name }, undo });
      },
    }),
  ];
}

/** The pages behind the routes, each read afresh. */
function settingPages<Stored extends SettingRecord, New extends Named, Change extends Named>(
  kind: SettingKind<Stored, New, Change>,
) {
  const { path, title: listTitle } = kind;
  const valuesOf = (context: ViewerContext, stored: Stored | undefined): FormValues => ({
    ...kind.values(stored),
    ...(stored && { name: kind.nameOf(context, stored) }),
  });
  const partsOf = async (
    context: ViewerContext,
    stored: Stored | undefined,
    values: FormValues = valuesOf(context, stored),
    problems?: readonly Problem[],
  ): Promise<SettingFormParts> => {
    const specs = await kind.specs(context, stored);
    return { path, listTitle, specs, values, problems };
  };
  return {
    async create(context: ViewerContext, values?: FormValues, problems?: readonly Problem[]): Promise<Reply> {
      const parts = await partsOf(context, undefined, values, problems);
      const view = newSettingView(context, context.t(kind.newTitle), parts);
      return page('admin/form', view, { status: problems ? 422 : 200 });
    },
    async change(
      context: ViewerContext,
      id: string,
      values?: FormValues,
      problems?: readonly Problem[],
    ): Promise<Reply> {
      const stored = await kind.find(context, id);
      const parts = await partsOf(context, stored, values, problems);
      const view = changeSettingView(context, stored, kind.nameOf(context, stored), parts);
      return page('admin/form', view, { status: problems ? 422 : 200 });
    },
    async conflict(context: ViewerContext, id: string, typed: FormValues): Promise<Reply> {
      const stored = await kind.find(context, id);
      const parts = await partsOf(context, stored, { ...typed, version: String(stored.version) });
      return conflictPage(context, {
        table: kind.upkeep.table,
        recordId: id,
        name: kind.nameOf(context, stored),
        recordHref: path,
        specs: parts.specs,
        stored: valuesOf(context, stored),
        typed,
        editForm: changeSettingForm(context, stored, parts),
      });
    },
    async deletion(context: ViewerContext, id: string): Promise<Reply> {
      const stored = await kind.find(context, id);
      const usage = await readUsage(context.deps.database, kind.upkeep, id);
      const view = settingDeletionView(
        context,
        stored,
        kind.nameOf(context, stored),
        { path, listTitle },
        usage,
      );
      return page('admin/confirm', view);
    },
  };
}
