import type { ViewerContext } from '../../core/context.js';
import type { ExportFormat } from '../../core/exports/export-format.js';
import { tableDownload } from '../../core/exports/table-download.js';
import { page, type Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { readRequestChoices } from '../service-requests/request-choices.queries.js';
import { listEvaluations, streamEvaluations, summariseEvaluations } from './evaluations.queries.js';
import { EvaluationExportQuery, EvaluationListQuery } from './evaluations.schemas.js';
import { evaluationExportColumns, evaluationExportFilters } from './evaluations-export.views.js';
import { evaluationsIndexView, evaluationsPath } from './evaluations-list.views.js';

export const evaluationRoutes = [
  route.get(evaluationsPath, {
    permission: 'evaluations:read',
    query: EvaluationListQuery,
    handler: async (context, { query }) => {
      const [result, summary, choices] = await Promise.all([
        listEvaluations(context, query),
        summariseEvaluations(context, query),
        readRequestChoices(context),
      ]);
      return page('admin/list', evaluationsIndexView(context, query, result, { summary, choices }));
    },
  }),
  route.get(`${evaluationsPath}.xlsx`, {
    permission: 'service-requests:export',
    query: EvaluationExportQuery,
    handler: (context, { query }) => exportEvaluations(context, query, 'xlsx'),
  }),
  route.get(`${evaluationsPath}.csv`, {
    permission: 'service-requests:export',
    query: EvaluationExportQuery,
    handler: (context, { query }) => exportEvaluations(context, query, 'csv'),
  }),
];

async function exportEvaluations(
  context: ViewerContext,
  query: EvaluationListQuery,
  format: ExportFormat,
): Promise<Reply> {
  const choices = await readRequestChoices(context);
  return tableDownload(context, {
    name: 'evaluations',
    title: context.t('evaluations.title'),
    format,
    filters: evaluationExportFilters(context, query, choices),
    columns: evaluationExportColumns(context),
    rows: streamEvaluations(context, query),
  });
}
