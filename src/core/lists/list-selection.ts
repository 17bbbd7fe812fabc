import { z } from 'zod';
import { uuid } from '../fields.js';
import type { FieldOption } from '../form.js';
import type { ListResult } from './list.js';
import { pageSize } from './page-statement.js';
import type { ParameterView, SelectionView } from './list-view.js';
import { listAddress } from './list-address.js';

/**
 * The parameter `ids` of a list: only these rows, as they were ticked on a page; ids with commas between them or one
 * parameter each. Absent and empty mean all rows.
 */
export const idsParameter = z
  .union([z.string().max(pageSize * 40), z.array(z.string().max(pageSize * 40)).max(pageSize)])
  .transform((sent) => [...new Set([sent].flat().join(',').split(','))].filter((id) => id !== ''))
  .pipe(z.array(uuid).max(pageSize))
  .transform((ids) => (ids.length === 0 ? undefined : ids))
  .optional();

/** What can be done with several rows of a list at once, and where. */
export interface BulkChoices {
  /** Asked by GET with `action`, `filter` (the list's parameters), `count` (as shown), and `ids` or `all`. */
  readonly path: string;
  readonly actions: readonly FieldOption[];
}

/** The form around the ticked rows of a list; undefined when the viewer can do nothing with several rows. */
export function selectionView(
  choices: BulkChoices | undefined,
  parameters: readonly ParameterView[],
  { count, countCap }: Pick<ListResult<unknown>, 'count' | 'countCap'>,
): SelectionView | undefined {
  if (!choices || choices.actions.length === 0) return undefined;
  const filter = listAddress('', Object.fromEntries(parameters.map(({ name, value }) => [name, value])));
  return {
    path: choices.path,
    actions: choices.actions,
    hidden: [
      { name: 'filter', value: filter.slice(1) },
      { name: 'count', value: count > countCap ? `${countCap}+` : String(count) },
    ],
  };
}

/** How many rows a list showed; `isMore` where it had stopped counting. */
export interface ShownCount {
  readonly count: number;
  readonly isMore: boolean;
}

/** The parameter `count` of what a selection asks for: `55`, or `10000+`. */
export const shownCountParameter = z
  .string()
  .regex(/^\d{1,9}\+?$/, 'errors.notAWholeNumber')
  .transform((text): ShownCount => ({ count: Number.parseInt(text, 10), isMore: text.endsWith('+') }));
