import { page } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { listExports } from './exports.queries.js';
import { ExportListQuery } from './exports.schemas.js';
import { exportsIndexView } from './exports.views.js';

export const exportRoutes = [
  route.get('/exports', {
    permission: 'customers:export',
    query: ExportListQuery,
    handler: async (context, { query }) =>
      page('exports/index', exportsIndexView(context, query, await listExports(context, query))),
  }),
];
