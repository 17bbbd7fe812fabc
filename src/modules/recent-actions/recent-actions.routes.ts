import { z } from 'zod';
import { uuid } from '../../core/fields.js';
import { page, redirect } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { listOwnActions, RecentActionsQuery } from './recent-actions.queries.js';
import { undoOwnAction } from './recent-actions.service.js';
import { recentActionsView } from './recent-actions.views.js';

export const recentActionRoutes = [
  route.get('/recent-actions', {
    permission: 'signed-in',
    query: RecentActionsQuery,
    handler: async (context, { query }) =>
      page('recent-actions/index', recentActionsView(context, await listOwnActions(context, query.before))),
  }),
  route.post('/recent-actions/:id/undo', {
    permission: 'signed-in',
    params: z.strictObject({ id: uuid }),
    body: z.strictObject({}),
    handler: async (context, { params }) => {
      const result = await undoOwnAction(context, params.id);
      if (!result) return redirect('/recent-actions', { kind: 'success', key: 'undo.started' });
      const { conflicts, ...done } = result;
      const count = done.restored + done.removed + done.reinserted;
      return redirect(
        '/recent-actions',
        conflicts > 0
          ? { kind: 'warning', key: 'undo.doneWithConflicts', params: { done: count, count: conflicts } }
          : { kind: 'success', key: 'undo.done', params: { count } },
      );
    },
  }),
];
