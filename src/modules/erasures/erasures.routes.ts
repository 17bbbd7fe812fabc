import { page, redirect } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { findErasable, listErasures } from './erasures.queries.js';
import { ErasureForm, ErasureListQuery, ErasureParams } from './erasures.schemas.js';
import { erasePerson } from './erasures.service.js';
import { erasuresPath, erasuresView, erasureView } from './erasures.views.js';

const permission = 'customers:erase';

export const erasureRoutes = [
  route.get(erasuresPath, {
    permission,
    query: ErasureListQuery,
    handler: async (context, { query }) =>
      page('admin/list', erasuresView(context, query, await listErasures(context, query))),
  }),
  route.get('/customers/:id/erasure', {
    permission,
    params: ErasureParams,
    handler: async (context, { params }) =>
      page('erasures/new', erasureView(context, await findErasable(context, params.id))),
  }),
  route.post('/customers/:id/erasure', {
    permission,
    params: ErasureParams,
    body: ErasureForm,
    invalid: async (context, { params, values, problems }) => {
      const person = await findErasable(context, params.id);
      return page('erasures/new', erasureView(context, person, values, problems), { status: 422 });
    },
    handler: async (context, { params, body }) => {
      const customerNo = await erasePerson(context, params.id, body);
      return redirect(erasuresPath, { kind: 'success', key: 'erasures.done', params: { customerNo } });
    },
  }),
];
