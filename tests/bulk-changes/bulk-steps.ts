import { load, type CheerioAPI } from 'cheerio';
import { z } from 'zod';
import type { TestClient } from '../support/client.js';
import type { TestProduct } from '../support/product.js';

/** The confirmation of an action for all customers that match a filter. */
export const confirmAll = (
  client: TestClient,
  action: string,
  filter = '',
  count: number | string = 0,
): Promise<CheerioAPI> =>
  client.page(
    `/bulk-changes/new?${new URLSearchParams({ action, filter, count: String(count), all: 'on' }).toString()}`,
  );

/** The confirmation of an action for ticked customers. */
export const confirmTicked = (
  client: TestClient,
  action: string,
  ids: readonly string[],
  filter = '',
): Promise<CheerioAPI> =>
  client.page(
    `/bulk-changes/new?${new URLSearchParams([
      ['action', action],
      ['filter', filter],
      ['count', '0'],
      ...ids.map((id): [string, string] => ['ids', id]),
    ]).toString()}`,
  );

const form = 'form[method="post"][action^="/bulk-changes"]';

/** The fields of a form as a browser sends them. */
export const fieldsOf = (confirmation: CheerioAPI): Record<string, string> =>
  Object.fromEntries(
    confirmation(form)
      .serializeArray()
      .map(({ name, value }) => [name, value]),
  );

/** Sends a confirmation, with a value where it asks for one, and lets the work be done; returns the path of the result. */
export async function confirm(
  product: TestProduct,
  client: TestClient,
  confirmation: CheerioAPI,
  value?: string,
): Promise<string> {
  const response = await client.post(confirmation(form).attr('action') ?? '', {
    ...fieldsOf(confirmation),
    ...(value === undefined ? {} : { value }),
  });
  if (response.status !== 303) {
    throw new Error(`the change answered ${response.status}: ${load(response.text)('main').text()}`);
  }
  await product.runTasks();
  return response.headers['location'] ?? '';
}

/** The counts on the page of a result, by label. */
export async function resultsOf(client: TestClient, path: string): Promise<Record<string, string>> {
  const document = await client.page(path);
  const counts = document('.definitions > div')
    .get()
    .map((row) => [document(row).find('dt').text().trim(), document(row).find('dd').text().trim()] as const);
  return Object.fromEntries(counts);
}

/** The text of the confirmation's card. */
export const factsOf = (confirmation: CheerioAPI): string => confirmation(form).text().replace(/\s+/g, ' ');

/** What the log says of changes in bulk, by table. */
export async function bulkAudit(
  product: TestProduct,
): Promise<{ table_name: string; operation: string; actor_name: string; count: number }[]> {
  return product.query(
    z.object({ table_name: z.string(), operation: z.string(), actor_name: z.string(), count: z.number() }),
    `SELECT table_name, operation, actor_name, count(*)::integer AS count FROM audit_log
     WHERE action = 'bulk-changes.run' GROUP BY 1, 2, 3 ORDER BY 1, 2`,
  );
}
