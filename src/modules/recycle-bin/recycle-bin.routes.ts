import { z } from 'zod';
import type { ConfirmView } from '../../core/views/confirm-view.js';
import { NotFound } from '../../core/errors.js';
import { formatDateTime } from '../../core/format.js';
import { page, redirect } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { can } from '../../core/viewer.js';
import { erasureAction } from '../erasures/personal-data-actions.js';
import { findCustomer } from '../customers/customers.queries.js';
import { CustomerParams } from '../customers/customers.schemas.js';
import { restoreCustomer } from '../customers/customers.service.js';
import { listDeletedCustomers, RecycleBinQuery } from './recycle-bin.queries.js';
import { recycleBinView } from './recycle-bin.views.js';

export const recycleBinRoutes = [
  route.get('/recycle-bin', {
    permission: 'customers:delete',
    query: RecycleBinQuery,
    handler: async (context, { query }) =>
      page('recycle-bin/index', recycleBinView(context, query, await listDeletedCustomers(context, query))),
  }),
  route.get('/recycle-bin/:id', {
    permission: 'customers:delete',
    params: CustomerParams,
    handler: async (context, { params }) => {
      const { t, locale } = context;
      const customer = await findCustomer(context, params.id, {
        permission: 'customers:delete',
        includeDeleted: true,
      });
      if (customer.deleted_at === null) throw new NotFound('not in the recycle bin');
      const title = t('recycleBin.restore', { name: customer.name });
      const confirm: ConfirmView = {
        action: `/recycle-bin/${customer.id}/restoration`,
        question: t('recycleBin.restoreQuestion', { name: customer.name, customerNo: customer.customer_no }),
        consequences: [
          t('recycleBin.deletedAt', { time: formatDateTime(customer.deleted_at, locale) }),
          t('recycleBin.comesBack', { count: customer.purchase_count + customer.refund_count }),
        ],
        hidden: [],
        confirmLabel: t('recycleBin.restoreConfirm'),
        cancelHref: '/recycle-bin',
        isDestructive: false,
      };
      const actions = can(context.viewer, 'customers:erase') ? [erasureAction(t, customer.id)] : [];
      const trail = [{ label: t('navigation.recycleBin'), href: '/recycle-bin' }];
      return page('recycle-bin/show', {
        title,
        header: { title, count: '', subtitle: '', trail, actions },
        confirm,
      });
    },
  }),
  route.post('/recycle-bin/:id/restoration', {
    permission: 'customers:delete',
    params: CustomerParams,
    body: z.strictObject({}),
    handler: async (context, { params }) => {
      const name = await restoreCustomer(context, params.id);
      return redirect(`/customers/${params.id}`, {
        kind: 'success',
        key: 'customers.restored',
        params: { name },
      });
    },
  }),
];
