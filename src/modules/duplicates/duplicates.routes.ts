import { fragment, page, redirect } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { EmptyForm } from '../customers/customers.schemas.js';
import { scanTaskKind } from './duplicate-scan.task.js';
import { findLastScan, findPair, listPairs } from './duplicates.queries.js';
import { PairListQuery, PairParams } from './duplicates.schemas.js';
import { dismissPair, reopenPair, startScan } from './duplicates.service.js';
import { duplicatesIndexView } from './duplicates.views.js';
import { countRelated, findComparison } from './merge.queries.js';
import { mergeView } from './merge.views.js';
import { scanProgressView } from './scan-progress.views.js';

export const duplicateRoutes = [
  route.get('/duplicates', {
    permission: 'customers:merge',
    query: PairListQuery,
    handler: async (context, { query }) => {
      const [result, scan] = await Promise.all([
        listPairs(context, query),
        findLastScan(context, scanTaskKind),
      ]);
      return page('duplicates/index', duplicatesIndexView(context, query, result, scan));
    },
  }),
  route.get('/duplicates/scan', {
    permission: 'customers:merge',
    handler: async (context) => {
      const scan = await findLastScan(context, scanTaskKind);
      return fragment('partials/progress', { progress: scanProgressView(context, scan) });
    },
  }),
  route.post('/duplicates/scan', {
    permission: 'customers:merge',
    body: EmptyForm,
    handler: async (context) => {
      await startScan(context);
      return redirect('/duplicates');
    },
  }),
  route.get('/duplicates/:id', {
    permission: 'customers:merge',
    params: PairParams,
    handler: async (context, { params }) => {
      const pair = await findPair(context, params.id);
      const comparison = await findComparison(context, pair.first_id, pair.second_id);
      const related = await countRelated(context, comparison);
      return page('duplicates/show', mergeView(context, { comparison, related, pair }));
    },
  }),
  route.post('/duplicates/:id/dismissal', {
    permission: 'customers:merge',
    params: PairParams,
    body: EmptyForm,
    handler: async (context, { params }) => {
      await dismissPair(context, params.id);
      return redirect('/duplicates', {
        kind: 'success',
        key: 'duplicates.dismissed',
        undo: `/duplicates/${params.id}/reopening`,
      });
    },
  }),
  route.post('/duplicates/:id/reopening', {
    permission: 'customers:merge',
    params: PairParams,
    body: EmptyForm,
    handler: async (context, { params }) => {
      await reopenPair(context, params.id);
      return redirect(`/duplicates/${params.id}`, { kind: 'success', key: 'duplicates.reopened' });
    },
  }),
];
