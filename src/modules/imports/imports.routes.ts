import type { ViewerContext } from '../../core/context.js';
import { Forbidden, type Problem } from '../../core/errors.js';
import type { FormValues } from '../../core/form.js';
import { fragment, page, redirect, type Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { previewUndo } from '../../core/undo/undo-preview.js';
import { can } from '../../core/viewer.js';
import { importMappingView } from './import-mapping.views.js';
import { readPreview } from './import-preview.js';
import { importProgressView } from './import-progress.views.js';
import { listImportRows } from './import-rows.queries.js';
import { importRowsView } from './import-rows.views.js';
import { importShowView } from './import-show.views.js';
import { canBeMapped, canBeUndone, isUnderWay } from './import-states.js';
import { importUndoView } from './import-undo.views.js';
import { importUploadView } from './import-upload.views.js';
import { importsIndexView } from './imports-list.views.js';
import { findImport, listImports, type ImportRecord } from './imports.queries.js';
import {
  ImportListQuery,
  ImportParams,
  ImportRowsQuery,
  ImportVersionForm,
  MappingForm,
  maximumUploadBytes,
  UploadForm,
} from './imports.schemas.js';
import { readMappingBasis } from './mapping-basis.js';
import { saveMapping } from './mapping.service.js';
import { rejectedRowsDownload } from './rejected-rows.js';
import { cancelRun, startRun, startUndo } from './runs.service.js';
import { importTargets } from './targets/import-targets.js';
import { uploadImport } from './uploads.service.js';

export const importRoutes = [
  route.get('/imports', {
    permission: 'imports:run',
    query: ImportListQuery,
    handler: async (context, { query }) =>
      page('imports/index', importsIndexView(context, query, await listImports(context, query))),
  }),
  route.get('/imports/new', {
    permission: 'imports:run',
    handler: (context) => {
      const { permission } = importTargets.customers;
      const mayImport = Object.values(importTargets).some((target) => can(context.viewer, target.permission));
      if (!mayImport) throw new Forbidden(permission);
      return page('imports/new', importUploadView(context));
    },
  }),
  route.post('/imports', {
    permission: 'imports:run',
    body: UploadForm,
    upload: { field: 'file', maximumBytes: maximumUploadBytes },
    invalid: (context, { values, problems }) =>
      page('imports/new', importUploadView(context, values, problems), { status: 422 }),
    handler: async (context, { body, file }) =>
      redirect(`/imports/${await uploadImport(context, body.target, file)}/mapping`),
  }),
  route.get('/imports/:id', {
    permission: 'imports:run',
    params: ImportParams,
    query: ImportRowsQuery,
    handler: async (context, { params, query }) => {
      const record = await findImport(context, params.id);
      if (record.state === 'mapping') return redirect(`/imports/${record.id}/mapping`);
      if (isUnderWay(record.state)) {
        return page('imports/show', importShowView(context, record, undefined, undefined));
      }
      const [rows, preview] = await Promise.all([
        listImportRows(context, record.id, query),
        record.state === 'ready' ? readPreview(context, record) : undefined,
      ]);
      const list = importRowsView(context, record, query, rows);
      return page('imports/show', importShowView(context, record, list, preview));
    },
  }),
  route.get('/imports/:id/progress', {
    permission: 'imports:run',
    params: ImportParams,
    handler: async (context, { params }) => {
      const record = await findImport(context, params.id);
      return fragment('partials/progress', { progress: importProgressView(context, record) });
    },
  }),
  route.get('/imports/:id/mapping', {
    permission: 'imports:run',
    params: ImportParams,
    handler: async (context, { params }) => {
      const record = await findImport(context, params.id);
      const isOpen = canBeMapped(record.state, record.undoable_action_id !== null);
      return isOpen ? showMapping(context, record) : redirect(`/imports/${record.id}`);
    },
  }),
  route.post('/imports/:id/mapping', {
    permission: 'imports:run',
    params: ImportParams,
    body: MappingForm,
    invalid: async (context, { params, values, problems }) =>
      showMapping(context, await findImport(context, params.id), values, problems),
    handler: async (context, { params, body }) => {
      await saveMapping(context, await findImport(context, params.id), body);
      return redirect(`/imports/${params.id}`);
    },
  }),
  route.post('/imports/:id/run', {
    permission: 'imports:run',
    params: ImportParams,
    body: ImportVersionForm,
    handler: async (context, { params, body }) => {
      await startRun(context, await findImport(context, params.id), body.version);
      return redirect(`/imports/${params.id}`);
    },
  }),
  route.post('/imports/:id/cancellation', {
    permission: 'imports:run',
    params: ImportParams,
    body: ImportVersionForm,
    handler: async (context, { params }) => {
      await cancelRun(context, await findImport(context, params.id));
      return redirect(`/imports/${params.id}`, { kind: 'success', key: 'imports.cancelling' });
    },
  }),
  route.get('/imports/:id/undo', {
    permission: 'imports:run',
    params: ImportParams,
    handler: async (context, { params }) => {
      const record = await findImport(context, params.id);
      const actionId = record.undoable_action_id;
      if (actionId === null || !canBeUndone(record.state, true)) return redirect(`/imports/${record.id}`);
      return page(
        'imports/undo',
        importUndoView(context, record, await previewUndo(context.deps.database, actionId)),
      );
    },
  }),
  route.post('/imports/:id/undo', {
    permission: 'imports:run',
    params: ImportParams,
    body: ImportVersionForm,
    handler: async (context, { params, body }) => {
      await startUndo(context, await findImport(context, params.id), body.version);
      return redirect(`/imports/${params.id}`);
    },
  }),
  route.get('/imports/:id/rejected.xlsx', {
    permission: 'imports:run',
    params: ImportParams,
    handler: async (context, { params }) =>
      rejectedRowsDownload(context, await findImport(context, params.id)),
  }),
];

async function showMapping(
  context: ViewerContext,
  record: ImportRecord,
  values?: FormValues,
  problems: readonly Problem[] = [],
): Promise<Reply> {
  const view = importMappingView(context, await readMappingBasis(context, record), values, problems);
  return page('imports/mapping', view, { status: problems.length > 0 ? 422 : 200 });
}
