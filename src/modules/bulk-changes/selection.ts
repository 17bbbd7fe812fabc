import type { z } from 'zod';
import { InvalidInput } from '../../core/errors.js';
import { listAddress } from '../../core/lists/list-address.js';
import { problemsOf } from '../../core/problems.js';
import type { SelectionQuery } from './bulk-changes.schemas.js';

/** The filter of a selection: the list's own one for all that match, or the ticked rows; undefined for nothing. */
export function selectedFilter({ filter, all, ids }: SelectionQuery): string | undefined {
  const parameters = Object.fromEntries(new URLSearchParams(filter));
  if (all === 'on') return listAddress('', { ...parameters, view: '', after: '' }).slice(1);
  if (ids === undefined) return undefined;
  const { columns = '' } = parameters;
  return listAddress('', { ids: ids.join(','), columns }).slice(1);
}

/**
 * What a filter asks a list for.
 * @throws InvalidInput when the list would refuse it.
 */
export function readFilter<Query>(schema: z.ZodType<Query>, filter: string): Query {
  const result = schema.safeParse(Object.fromEntries(new URLSearchParams(filter)));
  if (!result.success) throw new InvalidInput(problemsOf(result.error));
  return result.data;
}
