import { constants } from 'node:zlib';
import compression from 'compression';
import ejs from 'ejs';
import express, { type RequestHandler } from 'express';
import { readConfig } from '../../src/config.js';
import type { ViewerContext } from '../../src/core/context.js';
import { openDependencies } from '../../src/core/dependencies.js';
import { translator } from '../../src/core/i18n.js';
import { z } from 'zod';
import { findViewer } from '../../src/modules/auth/auth.queries.js';
import { bareStatements, type BareKind } from './bare-searches.js';
import { openContact } from '../../src/modules/customers/contact-details.js';
import { readTimeline } from '../../src/modules/customers/customer-timeline.queries.js';
import { findCustomer, listCustomers } from '../../src/modules/customers/customers.queries.js';
import { CustomerListQuery } from '../../src/modules/customers/customers.schemas.js';
import { listPossibleOwners } from '../../src/modules/follow-ups/follow-up-owners.queries.js';
import { listOpenFollowUps } from '../../src/modules/follow-ups/follow-ups.queries.js';
import { readCustomerTier } from '../../src/modules/tiers/customer-tier.queries.js';

/**
 * The floor of the stack with what a page of customers cannot do without, one thing after the other: how near to the
 * floor any page can come that compresses, knows who asks, reads the columns of the list and opens encrypted numbers. And
 * how near a record can come, a search that does nothing but search, and a change that is audited.
 * Arguments: database, key file, bytes, login session. Tells its parent its port.
 */
const [databaseUrl = '', keyFile = '', bytes = '0', loginSessionId = ''] = process.argv.slice(2);
const config = readConfig({ ...process.env, DATABASE_URL: databaseUrl, KEY_FILE: keyFile });
const deps = openDependencies(config, databaseUrl);
const filling = '<p>客户 Customer 13800138000 </p>'.repeat(
  Math.max(0, Math.ceil((Number(bytes) - 7_000) / 36)),
);
const template = ejs.compile(
  `<!DOCTYPE html><html><body><table><% for (const row of rows) { %>
  <tr><td><a href="/customers/<%= row.id %>"><%= row.name %></a></td><td><%= row.customer_no %></td><td><%= row.city %></td></tr><% } %>
  </table><%- filling %></body></html>`,
);
/** A record has half as many bytes as a list. */
const recordFilling = filling.slice(0, filling.length / 2);
const Shown = z.object({ id: z.uuid() });
const Searched = z.object({
  kind: z.enum(Object.keys(bareStatements) as [BareKind, ...BareKind[]]),
  typed: z.string(),
});
const floor = {
  name: 'page',
  text: `SELECT id, name, customer_no, city FROM customers WHERE deleted_at IS NULL AND (created_at, id) < ($1, $2)
         ORDER BY created_at DESC, id DESC LIMIT 50`,
};

const viewerContext = async (): Promise<ViewerContext> => {
  const viewer = await findViewer(deps.database, loginSessionId);
  if (!viewer) throw new Error('the login session has ended');
  return { deps, viewer, locale: 'en', t: translator('en'), actor: { id: viewer.id, name: viewer.name } };
};
const everybody = CustomerListQuery.parse({});

const bare: RequestHandler = async (_request, response) => {
  const values = [new Date(), 'ffffffff-ffff-ffff-ffff-ffffffffffff'];
  const { rows } = await deps.database.pool.query({ ...floor, values });
  response.type('html').send(template({ rows, filling }));
};

const app = express();
app.get('/bare', bare);
const params = { [constants.BROTLI_PARAM_QUALITY]: 2, [constants.BROTLI_PARAM_LGWIN]: 18 };
app.use(compression({ level: 1, brotli: { params } }));
app.get('/compressed', bare);
app.get('/viewer', async (request, response, next) => {
  await viewerContext();
  await bare(request, response, next);
});
app.get('/list', async (_request, response) => {
  const { rows } = await listCustomers(await viewerContext(), everybody);
  response.type('html').send(template({ rows, filling }));
});
app.get('/numbers', async ({ query }, response) => {
  const { rows } = await listCustomers(await viewerContext(), CustomerListQuery.parse(query));
  for (const { id, phone_encrypted } of rows) openContact(deps.cipher, id, 'phone', phone_encrypted);
  response.type('html').send(template({ rows, filling }));
});
app.get('/record', async ({ query }, response) => {
  const context = await viewerContext();
  const { id } = Shown.parse(query);
  await Promise.all([
    findCustomer(context, id),
    readTimeline(context, id, undefined),
    listOpenFollowUps(context, id),
    listPossibleOwners(context, id),
    readCustomerTier(context, id),
  ]);
  response.type('html').send(template({ rows: [], filling: recordFilling }));
});
app.get('/search', async ({ query }, response) => {
  const { kind, typed } = Searched.parse(query);
  const { rows } = await deps.database.pool.query(bareStatements[kind], [typed]);
  response.type('html').send(template({ rows, filling }));
});
const { rows: changed } = await deps.database.pool.query<{ id: string }>(
  'SELECT id FROM customers WHERE deleted_at IS NULL ORDER BY created_at LIMIT 1000',
);
let changes = 0;
app.get('/change', async (_request, response) => {
  const { id } = changed[changes % changed.length] ?? {};
  changes += 1;
  const client = await deps.database.pool.connect();
  try {
    await client.query('BEGIN');
    await client.query(
      `SELECT set_config('audit.actor_name', 'bench', true), set_config('audit.action', 'bench', true)`,
    );
    await client.query('UPDATE customers SET city = $1 WHERE id = $2', [`City ${changes}`, id]);
    await client.query('COMMIT');
  } finally {
    client.release();
  }
  response.redirect(303, '/bare');
});
const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object') process.send?.({ port: address?.port });
});
process.on('disconnect', () => process.exit(0));
