import { Forbidden, InvalidInput } from '../../core/errors.js';
import { fragment, page, redirect } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { can } from '../../core/viewer.js';
import { actionNamed, exportAction } from './bulk-actions.js';
import { findBulkChange } from './bulk-changes.queries.js';
import { bulkChangeFormOf, BulkChangeParams, selectionQueryOf } from './bulk-changes.schemas.js';
import { startBulkChange } from './bulk-changes.service.js';
import { bulkProgressView, bulkShowView } from './bulk-show.views.js';
import type { BulkSubject } from './bulk-subject.js';
import { customerSubject } from './customer-subject.js';
import { requestSubject } from './request-subject.js';
import { selectedFilter } from './selection.js';
import { showConfirmation } from './show-confirmation.js';

/** The pages on which a change begins. */
function routesOf(subject: BulkSubject) {
  const BulkChangeForm = bulkChangeFormOf(subject);
  return [
    route.get(`${subject.path}/new`, {
      permission: subject.permission,
      query: selectionQueryOf(subject),
      handler: (context, { query }) => {
        const filter = selectedFilter(query);
        if (query.action === undefined || filter === undefined) {
          const list = query.filter === '' ? subject.listPath : `${subject.listPath}?${query.filter}`;
          return redirect(list, { kind: 'warning', key: subject.texts.nothingSelected });
        }
        if (query.action === exportAction) {
          const { path, permission } = subject.exported;
          if (!can(context.viewer, permission)) throw new Forbidden(permission);
          return redirect(`${path}?${filter}`);
        }
        const shownCount = query.all === 'on' ? query.count : undefined;
        const action = actionNamed(subject, query.action);
        const values = query.value === undefined ? {} : { value: query.value };
        return showConfirmation(context, { subject, action, filter, shownCount }, values);
      },
    }),
    route.post(subject.path, {
      permission: subject.permission,
      body: BulkChangeForm,
      invalid: (context, { values, problems }) => {
        const sent = BulkChangeForm.pick({ action: true, filter: true }).safeParse({
          action: values['action'],
          filter: values['filter'],
        });
        if (!sent.success) throw new InvalidInput(problems);
        const action = actionNamed(subject, sent.data.action);
        const selection = { subject, action, filter: sent.data.filter, shownCount: undefined };
        return showConfirmation(context, selection, values, problems);
      },
      handler: async (context, { body }) => {
        await startBulkChange(context, subject, body);
        return redirect(`/bulk-changes/${body.id}`);
      },
    }),
  ];
}

export const bulkChangeRoutes = [
  ...routesOf(customerSubject),
  ...routesOf(requestSubject),
  route.get('/bulk-changes/:id', {
    permission: 'signed-in',
    params: BulkChangeParams,
    handler: async (context, { params }) =>
      page('bulk-changes/show', bulkShowView(context, await findBulkChange(context, params.id))),
  }),
  route.get('/bulk-changes/:id/progress', {
    permission: 'signed-in',
    params: BulkChangeParams,
    handler: async (context, { params }) => {
      const record = await findBulkChange(context, params.id);
      return fragment('partials/progress', { progress: bulkProgressView(context, record) });
    },
  }),
];
