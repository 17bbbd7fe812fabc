import { page } from '../../../core/reply.js';
import { route } from '../../../core/route.js';
import { listTasks } from './jobs.queries.js';
import { JobQuery } from './jobs.schemas.js';
import { jobsView } from './jobs.views.js';

export const jobRoutes = [
  route.get('/admin/jobs', {
    permission: 'system:manage',
    query: JobQuery,
    handler: async (context, { query }) =>
      page('admin/list', jobsView(context, query, await listTasks(context, query))),
  }),
];
