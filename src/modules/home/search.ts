import type { ViewerContext } from '../../core/context.js';
import { page, redirect, type Reply } from '../../core/reply.js';
import { can } from '../../core/viewer.js';
import { listCustomers } from '../customers/customers.queries.js';
import { searchRequests } from '../service-requests/search-requests.queries.js';
import { searchView } from './search.views.js';

/** One box for everything: a single hit opens at once, several of one kind are its list, of both kinds a page. */
export async function searchEverything(context: ViewerContext, text: string): Promise<Reply> {
  const [customers, requests] = await Promise.all([
    listCustomers(context, { q: text, source: null, city: null }),
    can(context.viewer, 'service-requests:read') ? searchRequests(context, text) : [],
  ]);
  const listed = encodeURIComponent(text);
  const [request, ...otherRequests] = requests;
  if (!request) {
    const [only] = customers.count === 1 ? customers.rows : [];
    return redirect(only ? `/customers/${only.id}` : `/customers?q=${listed}`);
  }
  if (customers.count > 0) return page('home/index', searchView(context, text, customers, requests));
  return redirect(
    otherRequests.length === 0 ? `/service-requests/${request.id}` : `/service-requests?q=${listed}`,
  );
}
