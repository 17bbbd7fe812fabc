import type { CheerioAPI } from 'cheerio';
import { z } from 'zod';
import { confirm } from '../bulk-changes/bulk-steps.js';
import type { TestClient } from '../support/client.js';
import type { TestProduct } from '../support/product.js';

/** The address of the confirmation of an action for ticked requests, with the value where it needs one. */
export const bulkAddress = (action: string, ids: readonly string[], value?: string): string =>
  `/bulk-changes/service-requests/new?${new URLSearchParams([
    ['action', action],
    ['filter', ''],
    ['count', '0'],
    ...ids.map((id): [string, string] => ['ids', id]),
    ...(value === undefined ? [] : [['value', value] satisfies [string, string]]),
  ]).toString()}`;

export const confirmRequests = (
  client: TestClient,
  action: string,
  ids: readonly string[],
  value?: string,
): Promise<CheerioAPI> => client.page(bulkAddress(action, ids, value));

/** Changes ticked requests and lets the work be done; returns the path of the result. */
export const changeRequests = async (
  product: TestProduct,
  client: TestClient,
  action: string,
  ids: readonly string[],
  value?: string,
): Promise<string> => confirm(product, client, await confirmRequests(client, action, ids, value));

/** Takes a change back by its id at the end of the path of its result. */
export async function undo(product: TestProduct, client: TestClient, path: string): Promise<void> {
  const response = await client.post(`/recent-actions/${path.split('/').at(-1) ?? ''}/undo`);
  if (response.status !== 303) throw new Error(`the undo answered ${response.status}`);
  await product.runTasks();
}

/** Everything that is stored of requests, for comparing before and after. */
export const everythingOf = (product: TestProduct, ids: readonly string[]) =>
  product.query(
    z.object({ request: z.unknown(), states: z.unknown(), assignments: z.unknown(), surveys: z.unknown() }),
    `SELECT to_jsonb(service_requests) AS request,
            ARRAY(SELECT to_jsonb(each) FROM request_state_changes AS each
                  WHERE request_id = service_requests.id ORDER BY id) AS states,
            ARRAY(SELECT to_jsonb(each) FROM request_assignments AS each
                  WHERE request_id = service_requests.id ORDER BY id) AS assignments,
            ARRAY(SELECT to_jsonb(each) FROM surveys AS each
                  WHERE request_id = service_requests.id ORDER BY id) AS surveys
     FROM service_requests WHERE id = ANY($1::uuid[]) ORDER BY id`,
    [ids],
  );
