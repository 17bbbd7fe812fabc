import { page } from '../../../core/reply.js';
import { route } from '../../../core/route.js';
import { listPeople } from '../people.queries.js';
import { listSignIns } from './login-log.queries.js';
import { LoginLogQuery } from './login-log.schemas.js';
import { loginLogView } from './login-log.views.js';

export const loginLogRoutes = [
  route.get('/admin/login-log', {
    permission: 'login-log:read',
    query: LoginLogQuery,
    handler: async (context, { query }) => {
      const [result, people] = await Promise.all([listSignIns(context, query), listPeople(context)]);
      return page('admin/list', loginLogView(context, query, result, people));
    },
  }),
];
