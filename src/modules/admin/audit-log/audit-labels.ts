import { isMessageKey, type MessageKey, type Translate } from '../../../core/i18n.js';
import { columnLabels, hiddenColumns } from './audit-columns.js';
import { settingLabel, settingPrefix } from './audit-settings.js';
import { namedTables } from './audit-tables.js';

/** How a column may be shown: with its values, only as having changed, or not at all. Hashes are never shown. */
export function columnTreatment(column: string): 'shown' | 'secret' | 'hidden' {
  if (/(hash|password|secret|token)$/i.test(column) && column !== 'must_change_password') return 'hidden';
  if (column.endsWith('_encrypted')) return 'secret';
  return hiddenColumns.has(column) ? 'hidden' : 'shown';
}

/** True when the column has a label of its own or is never shown. */
export const isDescribed = (column: string): boolean =>
  columnTreatment(column) === 'hidden' || labelKey(column) !== undefined;

/** A column that is not named above is called what customers' forms call it, so that a new field needs no second name. */
function labelKey(column: string): MessageKey | undefined {
  const known = columnLabels[column] ?? settingLabel(column);
  if (known !== undefined) return known;
  const onForm = `customers.${column.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase())}`;
  return isMessageKey(onForm) ? onForm : undefined;
}

/** A table in the viewer's words; the name of the table where it has none. */
export function tableLabel(t: Translate, table: string): string {
  const key = namedTables[table];
  return key === undefined ? table : t(key);
}

/** Before the key of a custom field that is shown as a column of its own. */
export const customColumnPrefix = 'custom_values.';

/** A column in the viewer's words, a custom field by its own label; the name of the column where it has none. */
export function columnLabel(t: Translate, column: string, names: ReadonlyMap<string, string>): string {
  if (column.startsWith(customColumnPrefix))
    return names.get(column) ?? column.slice(customColumnPrefix.length);
  const key = labelKey(column);
  return key === undefined ? column : t(key);
}

const order = Object.keys(columnLabels);

/** True for a column, or a detail of an event, that holds the id of a record, or those of several. */
export const isReference = (column: string): boolean => /(_ids?|Id)$/.test(column);

/** The column that a part of it is kept in. */
function wholeColumn(column: string): string {
  if (column.startsWith(customColumnPrefix)) return 'custom_values';
  return column.startsWith(settingPrefix) ? 'value' : column;
}

/** Sorts columns as forms show them; unknown ones come last. */
export function byReadingOrder(left: string, right: string): number {
  const position = (column: string): number => {
    const place = order.indexOf(wholeColumn(column));
    return place === -1 ? order.length : place;
  };
  return position(left) - position(right) || left.localeCompare(right);
}
