import { listAddress } from '../../core/lists/list-address.js';
import { columnsText } from '../../core/lists/list-columns.js';

/** What a view keeps of a list's address. */
export interface ViewContents {
  /** Search, filters and order as address parameters, by name: equal views have equal texts. */
  readonly query: string;
  /** Names of the chosen columns in order; empty for the list's own. */
  readonly columns: readonly string[];
}

/** The page, the view itself, and a selection of records belong to a moment. */
const notKept = ['after', 'view', 'ids'];

/** What a view keeps of the parameters of an address. */
export function viewContents(parameters: Iterable<readonly [name: string, value: string]>): ViewContents {
  const kept = [...parameters].filter(([name, value]) => value !== '' && !notKept.includes(name));
  const columns = kept.flatMap(([name, value]) => (name === 'columns' ? value.split(',') : []));
  const query = new URLSearchParams();
  for (const [name, value] of kept) if (name !== 'columns') query.append(name, value);
  query.sort();
  return { query: query.toString(), columns };
}

export const isSameView = (left: ViewContents, right: ViewContents): boolean =>
  left.query === right.query && columnsText(left.columns) === columnsText(right.columns);

/** The parameters of the list as the view shows it. */
export const viewParameters = ({ query, columns }: ViewContents): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(new URLSearchParams(query)),
  ...(columns.length > 0 ? { columns: columnsText(columns) } : {}),
});

/** The address of the list as the view shows it. */
export const viewAddress = (path: string, contents: ViewContents, viewId: string): string =>
  listAddress(path, { ...viewParameters(contents), view: viewId });

/** A search for anything but a name may be for a phone number or an address, which are never stored in clear. */
export function searchesForContactData({ query }: ViewContents): boolean {
  const search = new URLSearchParams(query).get('q') ?? '';
  return !/^[\p{L}\p{M}\s·.'’-]*$/u.test(search);
}
