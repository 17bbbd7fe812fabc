import { fragment } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { RequestParams } from '../service-requests/service-requests.schemas.js';
import { presenceLine } from './presence-line.js';
import { readPresence } from './request-presence.queries.js';
import { PresenceForm } from './request-presence.schemas.js';
import { notePresence } from './request-presence.service.js';

export const requestPresenceRoutes = [
  route.post('/service-requests/:id/presence', {
    permission: 'service-requests:read',
    params: RequestParams,
    body: PresenceForm,
    handler: async (context, { params: { id }, body: { version, isWriting } }) => {
      await notePresence(context, id, isWriting);
      const presence = presenceLine(context, { id, version }, await readPresence(context, id, version));
      return fragment('request-presence/_line', { presence });
    },
  }),
];
