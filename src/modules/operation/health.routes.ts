import { data, type Reply } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { unfinishedMigrations } from './health.queries.js';

/** For load balancers and container platforms: open to everybody, so they tell nothing but the state. */
export const healthRoutes = [
  /** This process answers. It says nothing about the database, so that nobody restarts it for an outage elsewhere. */
  route.get('/healthz', { permission: 'public', handler: () => state('alive', 200) }),

  /** This process can serve pages: the database answers and has every migration of this version. */
  route.get('/readyz', {
    permission: 'public',
    handler: async ({ deps }) => {
      try {
        const unfinished = await unfinishedMigrations(deps.database);
        return unfinished.length === 0 ? state('ready', 200) : state('migrations pending', 503);
      } catch (error) {
        deps.logger.warn({ err: error }, 'not ready');
        return state('database out of reach', 503);
      }
    },
  }),
];

const state = (status: string, httpStatus: number): Reply =>
  data('application/json', JSON.stringify({ status }), httpStatus);
