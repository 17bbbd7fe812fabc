import { z } from 'zod';
import { listParameters } from '../../core/lists/list.js';
import { page, redirect } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { can } from '../../core/viewer.js';
import { listCustomers } from '../customers/customers.queries.js';
import { readOwnCustomers, readOwnFollowUps } from './home.queries.js';
import { homeView } from './home.views.js';

const SearchQuery = z.strictObject({ q: listParameters([]).q });

export const homeRoutes = [
  route.get('/', {
    permission: 'signed-in',
    handler: async (context) => {
      const [customers, followUps] = await Promise.all([
        can(context.viewer, 'customers:read') ? readOwnCustomers(context) : undefined,
        can(context.viewer, 'follow-ups:manage') ? readOwnFollowUps(context) : undefined,
      ]);
      return page('home/index', homeView(context, customers, followUps));
    },
  }),
  // One box for everything: a single hit opens at once, several are a list.
  route.get('/search', {
    permission: 'customers:read',
    query: SearchQuery,
    handler: async (context, { query }) => {
      if (!query.q) return redirect('/customers');
      const found = await listCustomers(context, { q: query.q, source: null, city: null });
      const [only] = found.rows;
      return redirect(
        found.count === 1 && only ? `/customers/${only.id}` : `/customers?q=${encodeURIComponent(query.q)}`,
      );
    },
  }),
];
