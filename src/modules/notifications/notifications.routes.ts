import { page, redirect } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { listNotifications } from './notifications.queries.js';
import { NotificationParams, NotificationsQuery, ReadingForm } from './notifications.schemas.js';
import { readAllNotifications, readNotification } from './notifications.service.js';
import { notificationsView } from './notifications.views.js';

export const notificationRoutes = [
  route.get('/notifications', {
    permission: 'signed-in',
    query: NotificationsQuery,
    handler: async (context, { query }) =>
      page('notifications/index', notificationsView(context, await listNotifications(context, query.before))),
  }),
  route.post('/notifications/reading', {
    permission: 'signed-in',
    body: ReadingForm,
    handler: async (context) => {
      const count = await readAllNotifications(context);
      return redirect('/notifications', { kind: 'success', key: 'notifications.allRead', params: { count } });
    },
  }),
  route.post('/notifications/:id/reading', {
    permission: 'signed-in',
    params: NotificationParams,
    body: ReadingForm,
    handler: async (context, { params }) => redirect(await readNotification(context, params.id)),
  }),
];
