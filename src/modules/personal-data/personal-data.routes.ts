import { z } from 'zod';
import { dayOf } from '../../core/format.js';
import { render } from '../../core/render.js';
import { download, page } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { findCustomer } from '../customers/customers.queries.js';
import { CustomerParams } from '../customers/customers.schemas.js';
import { writeArchive } from './personal-data-archive.js';
import { readAttachment, takePersonalData } from './personal-data.service.js';
import { overviewView, personalDataView } from './personal-data.views.js';

const permission = 'customers:export-personal-data';

export const personalDataRoutes = [
  route.get('/customers/:id/personal-data', {
    permission,
    params: CustomerParams,
    handler: async (context, { params }) => {
      const customer = await findCustomer(context, params.id, { includeDeleted: true });
      return page('admin/confirm', personalDataView(context, customer));
    },
  }),
  route.post('/customers/:id/personal-data', {
    permission,
    params: CustomerParams,
    body: z.strictObject({}),
    handler: async (context, { params }) => {
      const data = await takePersonalData(context, params.id);
      const overview = render('personal-data/overview', overviewView(context, data));
      const ready = (text: string) => () => Promise.resolve(Buffer.from(text));
      const files = [
        { path: 'data.json', read: ready(JSON.stringify(data, null, 2)) },
        { path: 'overview.html', read: ready(overview) },
        ...data.attachments.map(({ id, path }) => ({ path, read: () => readAttachment(context, id) })),
      ];
      const fileName = `personal-data-${data.profiles[0]?.customer_no ?? ''}-${dayOf(context.deps.now())}.zip`;
      return download(fileName, 'application/zip', (output) => writeArchive(files, output));
    },
  }),
];
