import { fragment } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { findRecount } from './recount.queries.js';
import { recountPath, recountView } from './recount-progress.js';

export const deadlineRoutes = [
  route.get(recountPath, {
    permission: 'service-settings:manage',
    handler: async (context) =>
      fragment('partials/progress', { progress: recountView(context, await findRecount(context)) }),
  }),
];
