import { page, redirect } from '../../../core/reply.js';
import { route } from '../../../core/route.js';
import { findMessage, listMessages } from './outbox.queries.js';
import { EmptyForm, MessageParams, OutboxQuery, TestMessageForm } from './outbox.schemas.js';
import { readMessage, requestDelivery, writeTestMessage } from './outbox.service.js';
import { messageView, outboxView, testMessageView } from './outbox.views.js';

const permission = 'outbox:manage';

export const outboxRoutes = [
  route.get('/admin/outbox', {
    permission,
    query: OutboxQuery,
    handler: async (context, { query }) =>
      page('admin/list', outboxView(context, query, await listMessages(context, query))),
  }),
  route.get('/admin/outbox/test-message', {
    permission,
    handler: (context) => page('admin/form', testMessageView(context, {})),
  }),
  route.post('/admin/outbox/test-message', {
    permission,
    body: TestMessageForm,
    invalid: (context, { values, problems }) =>
      page('admin/form', testMessageView(context, values, problems), { status: 422 }),
    handler: async (context, { body }) => {
      const id = await writeTestMessage(context, body.address);
      const key = context.deps.config.smtpUrl ? 'outbox.testWritten' : 'outbox.testKept';
      return redirect(`/admin/outbox/${id}`, { kind: 'success', key });
    },
  }),
  route.get('/admin/outbox/:id', {
    permission,
    params: MessageParams,
    handler: async (context, { params }) =>
      page('admin/record', messageView(context, await findMessage(context, params.id))),
  }),
  route.post('/admin/outbox/:id/delivery', {
    permission,
    params: MessageParams,
    body: EmptyForm,
    handler: async (context, { params }) => {
      await requestDelivery(context, params.id);
      return redirect(`/admin/outbox/${params.id}`, { kind: 'success', key: 'outbox.deliveryRequested' });
    },
  }),
  route.post('/admin/outbox/:id/reading', {
    permission,
    params: MessageParams,
    body: EmptyForm,
    handler: async (context, { params }) => {
      const opened = await readMessage(context, params.id);
      return page('admin/record', messageView(context, await findMessage(context, params.id), opened));
    },
  }),
];
