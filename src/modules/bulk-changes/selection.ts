import { InvalidInput } from '../../core/errors.js';
import { listAddress } from '../../core/lists/list-address.js';
import { problemsOf } from '../../core/problems.js';
import { CustomerListQuery } from '../customers/customers.schemas.js';
import type { SelectionQuery } from './bulk-changes.schemas.js';

/** The filter of a selection: the list's own one for all that match, or the ticked customers; undefined for nothing. */
export function selectedFilter({ filter, all, ids }: SelectionQuery): string | undefined {
  const parameters = Object.fromEntries(new URLSearchParams(filter));
  if (all === 'on') return listAddress('', { ...parameters, view: '', after: '' }).slice(1);
  if (ids === undefined) return undefined;
  const { columns = '' } = parameters;
  return listAddress('', { ids: ids.join(','), columns }).slice(1);
}

/**
 * The customers of a selection, as the list asks for them.
 * @throws InvalidInput when the list would refuse the filter.
 */
export function selectionQuery(filter: string): CustomerListQuery {
  const result = CustomerListQuery.safeParse(Object.fromEntries(new URLSearchParams(filter)));
  if (!result.success) throw new InvalidInput(problemsOf(result.error));
  return result.data;
}
