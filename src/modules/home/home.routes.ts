import { z } from 'zod';
import { listParameters } from '../../core/lists/list.js';
import { page, redirect } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { can } from '../../core/viewer.js';
import { listTouchedCustomers, readNumbers, readOwnFollowUps } from './home.queries.js';
import { homeView } from './home.views.js';
import { searchEverything } from './search.js';

const SearchQuery = z.strictObject({ q: listParameters([]).q });

export const homeRoutes = [
  route.get('/', {
    permission: 'signed-in',
    handler: async (context) => {
      const { viewer } = context;
      const [numbers, touched, followUps] = await Promise.all([
        readNumbers(context),
        can(viewer, 'customers:read') ? listTouchedCustomers(context) : undefined,
        can(viewer, 'follow-ups:manage') ? readOwnFollowUps(context) : undefined,
      ]);
      return page('home/index', homeView(context, { numbers, touched, followUps }));
    },
  }),
  route.get('/search', {
    permission: 'customers:read',
    query: SearchQuery,
    handler: async (context, { query }) => {
      if (!query.q) return redirect('/customers');
      return searchEverything(context, query.q);
    },
  }),
];
