import type { ViewerContext } from '../../../core/context.js';
import { formatDateTime, formatDay, formatMoney, formatNumber, formatYesNo } from '../../../core/format.js';
import { isMessageKey } from '../../../core/i18n.js';
import { isPermission, isScope, type Permission } from '../../../core/permissions.js';
import { isReference } from './audit-labels.js';
import { poolRulesText } from './audit-settings.js';

/** Names of the records that the page refers to, by id. */
export type Names = ReadonlyMap<string, string>;

const longest = 1_000;

/** A stored value in words: names for ids, dates and amounts as the viewer writes them. '' for none. */
export function valueText(
  { t, locale }: Pick<ViewerContext, 't' | 'locale'>,
  column: string,
  value: unknown,
  names: Names,
): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return formatYesNo(value, t);
  if (
    (column === 'amount' || column === 'minimum_amount') &&
    (typeof value === 'number' || typeof value === 'string')
  )
    return formatMoney(value, locale);
  if (column.endsWith('_minute') && typeof value === 'number') return clockTime(value);
  if (typeof value === 'number') return formatNumber(value, locale);
  if (Array.isArray(value) && isReference(column))
    return value.map((id) => valueText({ t, locale }, column, id, names)).join(t('common.listSeparator'));
  if (Array.isArray(value) && value.length > 0 && value.every(isPermissionName))
    return value.map((permission) => t(`permissions.${permission}`)).join(t('common.listSeparator'));
  if (typeof value !== 'string')
    return shorten(poolRulesText({ t, locale }, value, names) ?? JSON.stringify(value));
  if (isReference(column)) return names.get(value) ?? value;
  if (column.endsWith('_at')) return formatDateTime(new Date(value), locale);
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return formatDay(value, locale);
  if (column === 'permission' && isPermission(value)) return t(`permissions.${value}`);
  if (column === 'scope' && isScope(value)) return t(`scopes.${value}`);
  const key = `auditLog.value.${column}.${value}`;
  return isMessageKey(key) ? t(key) : shorten(value);
}

const isPermissionName = (value: unknown): value is Permission =>
  typeof value === 'string' && isPermission(value);

/** Minutes after midnight as `09:30`. */
const clockTime = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');

/** At most `maximum` characters, the last of them "…" where something was cut off. */
export function shorten(text: string, maximum = longest): string {
  const characters = [...text];
  return characters.length <= maximum ? text : `${characters.slice(0, maximum - 1).join('')}…`;
}
