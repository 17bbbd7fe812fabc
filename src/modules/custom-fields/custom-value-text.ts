import type { ViewerContext } from '../../core/context.js';
import { formatDay, formatYesNo } from '../../core/format.js';
import type { CustomField } from './custom-field.js';
import { valueSchema, type CustomValue } from './custom-values.js';

/** A value in the viewer's words; '' for none. */
export function customValueText(
  { t, locale }: Pick<ViewerContext, 't' | 'locale'>,
  { kind }: Pick<CustomField, 'kind'>,
  value: CustomValue | undefined,
): string {
  if (value === undefined) return '';
  if (typeof value === 'boolean') return formatYesNo(value, t);
  if (typeof value === 'number')
    return new Intl.NumberFormat(locale, { maximumFractionDigits: 4 }).format(value);
  return kind === 'date' ? formatDay(value, locale) : value;
}

/** What was typed into a field, in the viewer's words where it can be read, else as it was typed. */
export function typedValueText(
  context: Pick<ViewerContext, 't' | 'locale'>,
  field: CustomField,
  typed: unknown,
): string {
  const text = typeof typed === 'string' ? typed : '';
  const { data } = valueSchema(field, text).safeParse(text);
  return data === undefined || data === null ? text : customValueText(context, field, data);
}
