import ejs from 'ejs';
import express from 'express';
import pg from 'pg';

/**
 * The floor of the stack: a bare Express and EJS page of 50 rows over one indexed statement by node-postgres, filled up
 * to as many bytes as the product's list. Arguments: database, bytes. Tells its parent its port.
 */
const [databaseUrl = '', bytes = '0'] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });
const template = ejs.compile(
  `<!DOCTYPE html><html><body><table><% for (const row of rows) { %>
  <tr><td><a href="/customers/<%= row.id %>"><%= row.name %></a></td><td><%= row.customer_no %></td><td><%= row.city %></td></tr><% } %>
  </table><%- filling %></body></html>`,
);
const statement = {
  name: 'page',
  text: `SELECT id, name, customer_no, city FROM customers WHERE deleted_at IS NULL AND (created_at, id) < ($1, $2)
         ORDER BY created_at DESC, id DESC LIMIT 50`,
};
const rowBytes = 7_000;
const filling = '<p>客户 Customer 13800138000 </p>'.repeat(
  Math.max(0, Math.ceil((Number(bytes) - rowBytes) / 36)),
);

const app = express();
app.get('/', async (_request, response) => {
  const values = [new Date(), 'ffffffff-ffff-ffff-ffff-ffffffffffff'];
  const { rows } = await pool.query({ ...statement, values });
  response.type('html').send(template({ rows, filling }));
});
const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object') process.send?.({ port: address?.port });
});
process.on('disconnect', () => process.exit(0));
