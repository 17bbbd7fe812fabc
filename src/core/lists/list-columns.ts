import { z } from 'zod';
import { optionalFilter } from '../fields.js';
import type { Translate } from '../i18n.js';
import type { ListColumn } from './list-builder.js';
import type { ColumnPanelView, ParameterView } from './list-view.js';

/**
 * The parameter `columns` of a list whose columns can be chosen: their names in order, with commas between them or one
 * parameter each, as a form without script sends them. Unknown names are refused; `further` tells of those that are no
 * constants whether they can be names.
 */
export const columnsParameter = <Name extends string>(
  names: readonly Name[],
  further: z.ZodType<string, string> = z.never(),
) =>
  z
    .union([z.string().max(2_000), z.array(z.string().max(2_000)).max(100)])
    .transform((sent) => [...new Set([sent].flat().join(',').split(','))].filter((name) => name !== ''))
    .pipe(z.array(z.union([z.enum(names), further])))
    .optional();

/** The parameter `choose` of a list: opens the panel of columns, or of the filters that are used less. */
export const chooseParameter = optionalFilter(z.enum(['columns', 'filters']));

/** The chosen names as the address says them; '' for the list's own columns. */
export const columnsText = (chosen: readonly string[] | undefined): string => chosen?.join(',') ?? '';

/**
 * The columns to show, in order: the chosen ones, or those that are shown unless somebody chooses. The first column of
 * the list says whose row it is; it stays, and stays first.
 */
export function shownColumns<Column extends ListColumn>(
  columns: readonly Column[],
  chosen: readonly string[] | undefined,
): Column[] {
  const [first, ...others] = columns;
  if (first === undefined) return [];
  if (chosen === undefined || chosen.length === 0) {
    return [first, ...others.filter(({ isShown }) => isShown ?? true)];
  }
  return [first, ...chosen.flatMap((name) => others.find((column) => column.name === name) ?? [])];
}

/** What a column is called: by the product, or by an administrator in their own words. */
export const columnLabel = (t: Translate, { label }: Pick<ListColumn, 'label'>): string =>
  typeof label === 'string' ? t(label) : label.text;

/**
 * The panel that chooses columns. `addressWith` gives the address of the list with other columns; a link that would
 * move nothing leads to the list of the page itself, which is a long address less for each column that is not shown.
 */
export function columnPanelView(
  t: Translate,
  columns: readonly ListColumn[],
  shown: readonly ListColumn[],
  hidden: readonly ParameterView[],
  addressWith: (columns: string) => string,
): ColumnPanelView {
  const names = shown.map(({ name }) => name);
  const [first = '', ...movable] = names;
  const moved = (name: string, step: -1 | 1): string => {
    const from = movable.indexOf(name);
    const other = from === -1 ? undefined : movable[from + step];
    if (other === undefined) return '#list';
    const swapped = movable.map((each) => (each === name ? other : each === other ? name : each));
    return addressWith(columnsText([first, ...swapped]));
  };
  const notShown = columns.filter(({ name }) => !names.includes(name));
  return {
    hidden,
    first,
    options: [...shown, ...notShown].map((column) => ({
      name: column.name,
      label: columnLabel(t, column),
      isShown: names.includes(column.name),
      isFixed: column.name === first,
      upHref: moved(column.name, -1),
      downHref: moved(column.name, 1),
    })),
    resetHref: addressWith(''),
  };
}
